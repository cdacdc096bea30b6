using CodeInterpreter.FileStore.Files;
using MongoDB.Bson;
using Field = CodeInterpreter.FileStore.Metadata.MongoFileFields;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>A document of <c>user_files</c>: times are dates, sizes 64-bit integers, the source and the state text.</summary>
internal static class MongoFileDocument
{
    /// <summary>A projection.</summary>
    public static readonly BsonDocument OnlyId = new() { ["_id"] = 0, [Field.FileId] = 1 };

    public static BsonDocument From(StoredFile file)
    {
        var document = FromFields(file);
        // Only files that came with an upload id have the field: the index is unique, and sparse.
        if (file.UploadId is not null)
            document[Field.UploadKey] = UploadKey(file);
        return document;
    }

    /// <summary>
    /// The owner, the execution that wrote it, if one did, and the name they have for the upload, in one text. Ids have neither
    /// ':' nor '/', so that no execution can name an upload of another, or of its owner.
    /// </summary>
    public static string UploadKey(StoredFile file) =>
        file.ExecutionId is null ? $"{file.UserId}/{file.UploadId}" : $"{file.UserId}:{file.ExecutionId}/{file.UploadId}";

    public static StoredFile ToFile(BsonDocument document) =>
        new()
        {
            FileId = IdOf(document),
            UserId = document[Field.UserId].AsString,
            Filename = document[Field.Filename].AsString,
            FilePath = document[Field.FilePath].AsString,
            FileSize = document[Field.FileSize].ToInt64(),
            FileType = document[Field.FileType].AsString,
            MimeType = document[Field.MimeType].AsString,
            Sha256 = document[Field.Sha256].AsString,
            Source = document[Field.Source] == Field.Generated ? FileSource.Generated : FileSource.Uploaded,
            ExecutionId = document[Field.ExecutionId].IsBsonNull ? null : document[Field.ExecutionId].AsString,
            UploadId = document.TryGetValue(Field.UploadKey, out var key)
                ? key.AsString[(key.AsString.IndexOf('/', StringComparison.Ordinal) + 1)..]
                : null,
            UploadedAt = Time(document[Field.UploadedAt]),
            ExpiresAt = Time(document[Field.ExpiresAt]),
        };

    public static string NameOf(FileSource source) => source == FileSource.Generated ? Field.Generated : Field.Uploaded;

    public static string IdOf(BsonDocument document) => document[Field.FileId].AsString;

    /// <summary>A change.</summary>
    public static BsonDocument ClaimUntil(DateTimeOffset until, ObjectId claimId) =>
        new()
        {
            ["$set"] = new BsonDocument
            {
                [Field.State] = Field.Deleting,
                [Field.ClaimedUntil] = Date(until),
                [Field.ClaimId] = claimId,
            },
            // A file that is being deleted does not block an upload, and an unfinished addition of it can no longer make it visible.
            ["$unset"] = new BsonDocument
            {
                [Field.UploadKey] = "",
                [Field.Pending] = "",
                [Field.PendingKey] = "",
            },
        };

    /// <summary>A file that is not visible yet and blocks no other: it has no upload id.</summary>
    public static BsonDocument Pending(StoredFile file, DateTimeOffset until)
    {
        var document = FromFields(file);
        document[Field.State] = Field.Deleting;
        document[Field.ClaimedUntil] = Date(until);
        document[Field.Pending] = true;
        if (file.UploadId is not null)
            document[Field.PendingKey] = UploadKey(file);
        return document;
    }

    /// <summary>A change: what is pending may take until then.</summary>
    public static BsonDocument PendingUntil(DateTimeOffset until) => new("$set", new BsonDocument(Field.ClaimedUntil, Date(until)));

    /// <summary>A change: what was pending is there.</summary>
    public static BsonDocument Show(StoredFile file)
    {
        var values = new BsonDocument(Field.State, Field.Stored);
        if (file.UploadId is not null)
            values[Field.UploadKey] = UploadKey(file);
        return new BsonDocument
        {
            ["$set"] = values,
            ["$unset"] = new BsonDocument
            {
                [Field.ClaimedUntil] = "",
                [Field.Pending] = "",
                [Field.PendingKey] = "",
            },
        };
    }

    public static BsonDateTime Date(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    private static BsonDocument FromFields(StoredFile file) =>
        new()
        {
            [Field.FileId] = file.FileId,
            [Field.UserId] = file.UserId,
            [Field.Filename] = file.Filename,
            [Field.FilePath] = file.FilePath,
            [Field.FileSize] = file.FileSize,
            [Field.FileType] = file.FileType,
            [Field.MimeType] = file.MimeType,
            [Field.Sha256] = file.Sha256,
            [Field.Source] = NameOf(file.Source),
            [Field.ExecutionId] = file.ExecutionId is null ? BsonNull.Value : file.ExecutionId,
            [Field.UploadedAt] = Date(file.UploadedAt),
            [Field.ExpiresAt] = Date(file.ExpiresAt),
            [Field.State] = Field.Stored,
        };

    private static DateTimeOffset Time(BsonValue value) =>
        DateTimeOffset.FromUnixTimeMilliseconds(value.AsBsonDateTime.MillisecondsSinceEpoch);
}
