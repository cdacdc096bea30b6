using CodeInterpreter.Files.V1;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Maps file records from gRPC messages to JSON.</summary>
internal static class FileBodyMapping
{
    public static FileBody ToBody(StoredFile file) =>
        new()
        {
            FileId = file.FileId,
            UserId = file.UserId,
            Filename = file.Filename,
            Size = file.FileSize,
            FileSize = file.FileSize,
            Type = file.FileType,
            FileType = file.FileType,
            MimeType = file.MimeType,
            Sha256 = file.Sha256,
            Source = file.Source == FileSource.Generated ? FileSourceBody.Generated : FileSourceBody.Uploaded,
            ExecutionId = file.ExecutionId.Length > 0 ? file.ExecutionId : null,
            UploadedAt = file.UploadedAt.ToDateTimeOffset(),
            ExpiresAt = file.ExpiresAt.ToDateTimeOffset(),
        };

    public static FileListBody ToBody(ListFilesResponse page) =>
        new() { Files = [.. page.Files.Select(ToBody)], NextPageToken = page.NextPageToken.Length > 0 ? page.NextPageToken : null };
}
