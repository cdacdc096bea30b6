using CodeInterpreter.FileStore.Files;

namespace CodeInterpreter.FileStore.Metadata;

/// <summary>A row of the table <c>user_files</c>: times are Unix milliseconds, the source is text.</summary>
internal sealed class FileRow
{
    public string FileId { get; init; } = "";

    public string UserId { get; init; } = "";

    public string Filename { get; init; } = "";

    public string FilePath { get; init; } = "";

    public long FileSize { get; init; }

    public string FileType { get; init; } = "";

    public string MimeType { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public string Source { get; init; } = "";

    public string? ExecutionId { get; init; }

    public string? UploadId { get; init; }

    public long UploadedAt { get; init; }

    public long ExpiresAt { get; init; }

    public static FileRow From(StoredFile file) =>
        new()
        {
            FileId = file.FileId,
            UserId = file.UserId,
            Filename = file.Filename,
            FilePath = file.FilePath,
            FileSize = file.FileSize,
            FileType = file.FileType,
            MimeType = file.MimeType,
            Sha256 = file.Sha256,
            Source = NameOf(file.Source),
            ExecutionId = file.ExecutionId,
            UploadId = file.UploadId,
            UploadedAt = file.UploadedAt.ToUnixTimeMilliseconds(),
            ExpiresAt = file.ExpiresAt.ToUnixTimeMilliseconds(),
        };

    public static string NameOf(FileSource source) => source == FileSource.Generated ? "generated" : "uploaded";

    public StoredFile ToFile() =>
        new()
        {
            FileId = FileId,
            UserId = UserId,
            Filename = Filename,
            FilePath = FilePath,
            FileSize = FileSize,
            FileType = FileType,
            MimeType = MimeType,
            Sha256 = Sha256,
            Source = Source == "generated" ? FileSource.Generated : FileSource.Uploaded,
            ExecutionId = ExecutionId,
            UploadId = UploadId,
            UploadedAt = DateTimeOffset.FromUnixTimeMilliseconds(UploadedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
        };
}
