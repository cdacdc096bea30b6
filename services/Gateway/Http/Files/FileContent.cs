using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>
/// Responds to a request for the content of a file with all of it, one range of it, or 304 if the caller already has it (RFC 9110). The
/// content never changes, and its SHA-256 is its entity tag.
/// </summary>
internal sealed class FileContent(FileStoreClient fileStore)
{
    public async Task WriteAsync(
        HttpRequest request,
        HttpResponse response,
        string userId,
        string fileId,
        CancellationToken cancellationToken
    )
    {
        response.Headers.AcceptRanges = "bytes";
        var headers = request.GetTypedHeaders();
        var download = new DownloadRequest { UserId = userId, FileId = fileId };
        // Without conditions, one call to the file store returns the record and the content.
        if (HttpMethods.IsHead(request.Method) || headers.IfNoneMatch.Count > 0 || headers.Range is not null)
        {
            var file = await fileStore.GetAsync(new GetFileRequest { UserId = userId, FileId = fileId }, cancellationToken);
            if (!TrySelectRange(headers, response, file, download))
            {
                return;
            }

            if (HttpMethods.IsHead(request.Method))
            {
                FileContentHeaders.Write(response, file, download);
                return;
            }
        }

        await FileContentWriter.WriteAsync(response, download, fileStore.DownloadAsync(download, cancellationToken), cancellationToken);
    }

    /// <summary>Selects the range to download; returns false if the response has no content.</summary>
    private static bool TrySelectRange(RequestHeaders headers, HttpResponse response, StoredFile file, DownloadRequest download)
    {
        var tag = FileContentHeaders.TagOf(file);
        if (headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.ETag = tag.ToString();
            return false;
        }

        // For several ranges, another unit or other content, the server may send the whole file.
        var isSame = headers.IfRange?.EntityTag is not { } known2 || known2.Compare(tag, useStrongComparison: true);
        if (headers.Range is not { Ranges.Count: 1 } range || range.Unit != "bytes" || !isSame || headers.IfRange?.LastModified is not null)
        {
            return true;
        }

        var (from, to) = Bounds(range.Ranges.Single(), file.FileSize);
        if (from > to)
        {
            // The exception handler removes the headers that are set now.
            response.OnStarting(() =>
            {
                response.Headers.ContentRange = $"bytes */{file.FileSize}";
                return Task.CompletedTask;
            });
            throw new GatewayException(GatewayErrorKind.OutOfRange, $"The file has {file.FileSize} bytes.");
        }

        (download.Offset, download.Length) = (from, to - from + 1);
        return true;
    }

    private static (long From, long To) Bounds(RangeItemHeaderValue range, long size) =>
        range switch
        {
            // The last bytes of the file.
            { From: null, To: { } last } => (Math.Max(0, size - last), last == 0 ? -1 : size - 1),
            { From: { } from, To: var to } => (from, Math.Min(to ?? long.MaxValue, size - 1)),
            _ => (0, -1),
        };
}
