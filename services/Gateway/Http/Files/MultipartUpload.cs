using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using CodeInterpreter.Gateway.Http.Access;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>
/// Stores the files of a multipart/form-data body while it is received. Either all files are stored or none. A file with an upload id
/// stays, because an earlier call may have stored it; repeating the call finds it.
/// </summary>
internal sealed partial class MultipartUpload(FileStoreClient fileStore, ILogger<MultipartUpload> logger)
{
    private static readonly TimeSpan UndoTimeout = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<StoredFile>> StoreAsync(HttpRequest request, UploadQuery query, CancellationToken cancellationToken)
    {
        var stored = new List<StoredFile>();
        var complete = false;
        try
        {
            await StorePartsAsync(request, query, stored, cancellationToken);
            complete = true;
            return stored;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw GatewayException.Invalid("body", "is not complete, well-formed multipart/form-data.");
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.InvalidRequest)
        {
            // The file store names fields of the header in its messages; a form has no header.
            throw GatewayException.Invalid([
                .. exception.Violations.Select(violation =>
                    violation with
                    {
                        Field = violation.Field.Replace("header.", "", StringComparison.Ordinal),
                    }
                ),
            ]);
        }
        finally
        {
            if (!complete && query.UploadId is null)
            {
                await UndoAsync(stored);
            }
        }
    }

    private async Task StorePartsAsync(HttpRequest request, UploadQuery query, List<StoredFile> stored, CancellationToken cancellationToken)
    {
        var userId = query.UserId;
        var reader = MultipartParts.Open(request);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            var part = MultipartParts.ReadHeader(section);
            if (part.Filename is null)
            {
                userId = await ReadUserIdAsync(part, section.Body, userId, cancellationToken);
                continue;
            }

            ThrowIfInvalid(userId);
            if (stored.Count > 0)
                ThrowIfForOneFile(query);
            request.HttpContext.AuthorizeUser(userId);
            var header = new UploadHeader
            {
                UserId = userId,
                Filename = part.Filename,
                UploadId = query.UploadId ?? "",
                Sha256 = query.Sha256 ?? "",
            };
            var upload = MultipartParts.ToUpload(header, section.Body, cancellationToken);
            stored.Add(await fileStore.UploadAsync(upload, cancellationToken));
        }

        if (stored.Count == 0)
        {
            throw GatewayException.Invalid("file", "is missing: send at least one part with a file name.");
        }
    }

    private static async Task<string> ReadUserIdAsync(MultipartPart part, Stream body, string? before, CancellationToken cancellationToken)
    {
        if (part.Name != "user_id")
        {
            throw GatewayException.Invalid(part.Name, "is neither user_id nor a file: a file needs a file name.");
        }

        var value = await MultipartParts.ReadValueAsync(part.Name, body, cancellationToken);
        return before is null || before == value ? value : throw GatewayException.Invalid("user_id", "is given twice, but not the same.");
    }

    private static void ThrowIfInvalid(string? userId)
    {
        if (userId is null)
        {
            throw GatewayException.Invalid("user_id", "must come before the first file, or in the query.");
        }

        var violations = UserIds.Validate(userId).ToArray();
        if (violations.Length > 0)
        {
            throw GatewayException.Invalid(violations);
        }
    }

    private static void ThrowIfForOneFile(UploadQuery query)
    {
        if (query.UploadId is not null)
            throw GatewayException.Invalid("upload_id", "is for one file; upload other files separately.");
        if (query.Sha256 is not null)
            throw GatewayException.Invalid("sha256", "is for one file; upload other files separately.");
    }

    // The request may have been aborted, so its token is not used.
    private async Task UndoAsync(List<StoredFile> stored)
    {
        using var timeout = new CancellationTokenSource(UndoTimeout);
        foreach (var file in stored)
        {
            try
            {
                var request = new DeleteFileRequest { UserId = file.UserId, FileId = file.FileId };
                await fileStore.DeleteAsync(request, timeout.Token);
            }
            catch (Exception exception) when (exception is GatewayException or OperationCanceledException)
            {
                UndoFailed(file.FileId, exception);
            }
        }
    }

    [LoggerMessage(41, LogLevel.Warning, "File {FileId} of a failed upload could not be deleted; it stays until it expires")]
    private partial void UndoFailed(string fileId, Exception exception);
}
