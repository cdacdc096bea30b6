using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>
/// Answers a request for a file's content: all of it, one range of it, or that the caller has it already (RFC 9110). A
/// file's content never changes, and its SHA-256 is its entity tag.
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
        var asked = request.GetTypedHeaders();
        var download = new DownloadRequest { UserId = userId, FileId = fileId };
        // Without conditions the record comes with the bytes, in one call.
        if (HttpMethods.IsHead(request.Method) || asked.IfNoneMatch.Count > 0 || asked.Range is not null)
        {
            var file = await fileStore.GetAsync(new GetFileRequest { UserId = userId, FileId = fileId }, cancellationToken);
            if (!Choose(asked, response, file, download))
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

    /// <summary>Sets what part to download; false when there is nothing to send.</summary>
    private static bool Choose(RequestHeaders asked, HttpResponse response, StoredFile file, DownloadRequest download)
    {
        var tag = FileContentHeaders.TagOf(file);
        if (asked.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.ETag = tag.ToString();
            return false;
        }

        // Several ranges, or one of another unit or another content, may be answered with the whole file.
        var isSame = asked.IfRange?.EntityTag is not { } known2 || known2.Compare(tag, useStrongComparison: true);
        if (asked.Range is not { Ranges.Count: 1 } range || range.Unit != "bytes" || !isSame || asked.IfRange?.LastModified is not null)
        {
            return true;
        }

        var (from, to) = Bounds(range.Ranges.Single(), file.FileSize);
        if (from > to)
        {
            response.Headers.ContentRange = $"bytes */{file.FileSize}";
            throw new GatewayException(GatewayErrorKind.OutOfRange, $"The file has {file.FileSize} bytes.");
        }

        (download.Offset, download.Length) = (from, to - from + 1);
        return true;
    }

    private static (long From, long To) Bounds(RangeItemHeaderValue range, long size) =>
        range switch
        {
            // The last so many bytes.
            { From: null, To: { } last } => (Math.Max(0, size - last), last == 0 ? -1 : size - 1),
            { From: { } from, To: var to } => (from, Math.Min(to ?? long.MaxValue, size - 1)),
            _ => (0, -1),
        };
}
