namespace CodeInterpreter.FileStore.Blobs;

/// <summary>Names a blob. Both parts are made or checked by the store; nothing of a file's name is in them.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="FileId">The file.</param>
internal sealed record BlobKey(string UserId, string FileId)
{
    /// <summary>The blob's place within the store.</summary>
    public string Path => $"{UserId}/{FileId}";

    /// <summary>The blob at that place; null when it does not have the form of one of ours.</summary>
    public static BlobKey? At(string path) =>
        path.Split('/') is [var userId, var fileId] && ServiceDefaults.Naming.FileId.IsOf(userId, fileId)
            ? new BlobKey(userId, fileId)
            : null;
}
