using CodeInterpreter.FileStore.Catalog;
using CodeInterpreter.FileStore.Files;
using CodeInterpreter.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using V1 = CodeInterpreter.Files.V1;

namespace CodeInterpreter.FileStore.Grpc;

/// <summary>Between the messages of the API and the store's own types.</summary>
internal static class FileMapping
{
    public static V1.File ToMessage(this StoredFile file) =>
        new()
        {
            FileId = file.FileId,
            UserId = file.UserId,
            Filename = file.Filename,
            FileSize = file.FileSize,
            Size = file.FileSize,
            FileType = file.FileType,
            Type = file.FileType,
            MimeType = file.MimeType,
            Sha256 = file.Sha256,
            Source = file.Source == FileSource.Generated ? V1.FileSource.Generated : V1.FileSource.Uploaded,
            ExecutionId = file.ExecutionId ?? "",
            UploadedAt = file.UploadedAt.ToTimestamp(),
            ExpiresAt = file.ExpiresAt.ToTimestamp(),
        };

    public static V1.ListFilesResponse ToMessage(this FilePage page) =>
        new()
        {
            Files = { page.Files.Select(ToMessage) },
            NextPageToken = page.Next is null ? "" : PageToken.Encode(page.Next.UploadedAt, page.Next.FileId),
        };

    public static FileQuery ToQuery(this V1.ListFilesRequest request) =>
        new(
            request.UserId,
            request.ExecutionId.Length == 0 ? null : request.ExecutionId,
            request.Source switch
            {
                V1.FileSource.Uploaded => FileSource.Uploaded,
                V1.FileSource.Generated => FileSource.Generated,
                _ => null,
            },
            First(request.Type, request.FileType),
            NameOf(request)
        );

    /// <summary>What the names of the files contain; null for any.</summary>
    public static string? NameOf(V1.ListFilesRequest request) => First(request.Name, request.NameContains);

    /// <summary>The announced size; null for none.</summary>
    public static long? SizeOf(V1.UploadHeader header) =>
        header.HasSize ? header.Size
        : header.HasFileSize ? header.FileSize
        : null;

    /// <summary>Maps a header that <see cref="RequestValidation"/> has accepted.</summary>
    public static NewFile ToNewFile(this V1.UploadHeader header) =>
        new()
        {
            UserId = header.UserId,
            Filename = header.Filename,
            Size = SizeOf(header),
            Sha256 = header.Sha256.Length == 0 ? null : header.Sha256.ToLowerInvariant(),
            Source = header.Source == V1.FileSource.Generated ? FileSource.Generated : FileSource.Uploaded,
            ExecutionId = header.ExecutionId.Length == 0 ? null : header.ExecutionId,
            UploadId = header.UploadId.Length == 0 ? null : header.UploadId,
        };

    // A field may come under its old name.
    private static string? First(string value, string oldValue) =>
        (value.Length > 0 ? value : oldValue) is { Length: > 0 } set ? set : null;
}
