namespace CodeInterpreter.FileStore.Metadata;

/// <summary>Names and fixed values in the documents of <c>user_files</c>.</summary>
internal static class MongoFileFields
{
    public const string FileId = "file_id";
    public const string UserId = "user_id";
    public const string Filename = "filename";
    public const string FilePath = "file_path";
    public const string FileSize = "file_size";
    public const string FileType = "file_type";
    public const string MimeType = "mime_type";
    public const string Sha256 = "sha256";
    public const string Source = "source";
    public const string ExecutionId = "execution_id";
    public const string UploadKey = "upload_key";
    public const string UploadedAt = "uploaded_at";
    public const string ExpiresAt = "expires_at";
    public const string State = "state";
    public const string ClaimedUntil = "claimed_until";
    public const string Pending = "pending";
    public const string PendingKey = "pending_key";
    public const string ClaimId = "claim_id";

    public const string Collection = "collection";
    public const string Mark = "mark";

    public const string Stored = "stored";
    public const string Deleting = "deleting";

    public const string Uploaded = "uploaded";
    public const string Generated = "generated";
}
