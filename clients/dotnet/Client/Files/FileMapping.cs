using V1 = CodeInterpreter.Files.V1;

namespace CodeInterpreter.Client;

/// <summary>Stored files, as they arrive and are asked for.</summary>
internal static class FileMapping
{
    public static StoredFile ToFile(V1.File message) =>
        new()
        {
            FileId = message.FileId,
            UserId = message.UserId,
            Filename = message.Filename,
            Size = message.FileSize,
            Type = message.FileType,
            MimeType = message.MimeType,
            Sha256 = message.Sha256,
            Source = message.Source switch
            {
                V1.FileSource.Uploaded => FileSource.Uploaded,
                V1.FileSource.Generated => FileSource.Generated,
                _ => FileSource.Unknown,
            },
            ExecutionId = message.ExecutionId.Length == 0 ? null : message.ExecutionId,
            UploadedAt = ResultMapping.ToMoment(message.UploadedAt) ?? default,
            ExpiresAt = ResultMapping.ToMoment(message.ExpiresAt) ?? default,
        };

    public static V1.ListFilesRequest ToRequest(FileFilter filter, string userId) =>
        new()
        {
            UserId = userId,
            ExecutionId = filter.ExecutionId ?? "",
            Source = filter.Source switch
            {
                FileSource.Uploaded => V1.FileSource.Uploaded,
                FileSource.Generated => V1.FileSource.Generated,
                _ => V1.FileSource.Unspecified,
            },
            FileType = filter.Type ?? "",
            NameContains = filter.NameContains ?? "",
        };

    public static long? NullIfUnlimited(long limit) => limit == 0 ? null : limit;
}
