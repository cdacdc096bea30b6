using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using Google.Protobuf;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Reads the parts of multipart/form-data as streams.</summary>
internal static class MultipartParts
{
    private const int ChunkBytes = 64 * 1024;
    private const int MaxValueBytes = 1024;
    private const int MaxBoundaryLength = 70;

    public static MultipartReader Open(HttpRequest request)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var mediaType)
            || !mediaType.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new GatewayException(GatewayErrorKind.UnsupportedMediaType, "The body must be multipart/form-data.");
        }

        var boundary = HeaderUtilities.RemoveQuotes(mediaType.Boundary);
        return boundary.Length is > 0 and <= MaxBoundaryLength
            ? new MultipartReader(boundary.ToString(), request.Body, ChunkBytes)
            : throw GatewayException.Invalid("content-type", "must have a boundary of 1 to 70 characters.");
    }

    public static MultipartPart ReadHeader(MultipartSection section)
    {
        if (
            !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw GatewayException.Invalid("body", "has a part without Content-Disposition: form-data.");
        }

        // filename* can encode any name; filename is for clients that do not support it.
        var filename =
            disposition.FileNameStar.HasValue ? disposition.FileNameStar.ToString()
            : disposition.FileName.HasValue ? Unquote(disposition.FileName)
            : null;
        return new MultipartPart(Unquote(disposition.Name), filename);
    }

    // Browsers and curl write '"' as %22, older programs as \", and all of them '\' unchanged, contrary to RFC 2616:
    // https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    private static string Unquote(StringSegment value) =>
        HeaderUtilities
            .RemoveQuotes(value)
            .ToString()
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("%22", "\"", StringComparison.Ordinal);

    public static async Task<string> ReadValueAsync(string name, Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxValueBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxValueBytes ? Encoding.UTF8.GetString(buffer, 0, length) : throw GatewayException.Invalid(name, "is too long.");
    }

    /// <summary>The messages of an upload to the file store. Each is valid until the next one is requested.</summary>
    public static async IAsyncEnumerable<UploadRequest> ToUpload(
        UploadHeader header,
        Stream body,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        yield return new UploadRequest { Header = header };
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (
                await body.ReadAtLeastAsync(buffer.AsMemory(0, ChunkBytes), ChunkBytes, throwOnEndOfStream: false, cancellationToken)
                    is var length
                        and > 0
            )
            {
                yield return new UploadRequest { Chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length)) };
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
