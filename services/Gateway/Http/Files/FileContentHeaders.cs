using CodeInterpreter.Files.V1;
using Microsoft.Net.Http.Headers;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>
/// The headers of a response with the content of a file. Browsers save the file and never display it: untrusted code may have written it,
/// and it must not run with the origin of this site.
/// </summary>
internal static class FileContentHeaders
{
    public static EntityTagHeaderValue TagOf(StoredFile file) => new($"\"{file.Sha256}\"");

    /// <summary>Writes the headers for the requested part of the file.</summary>
    public static void Write(HttpResponse response, StoredFile file, DownloadRequest request)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Filename[(file.Filename.LastIndexOf('/') + 1)..]);
        var headers = response.Headers;
        headers.ContentType = ContentTypeOf(file.MimeType);
        headers.ContentLength = request.Length > 0 ? request.Length : file.FileSize;
        if (request.Length > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = $"bytes {request.Offset}-{request.Offset + request.Length - 1}/{file.FileSize}";
        }

        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "private, no-cache";
        headers.ETag = TagOf(file).ToString();
    }

    private static string ContentTypeOf(string mimeType)
    {
        if (!MediaTypeHeaderValue.TryParse(mimeType, out var mediaType))
        {
            return "application/octet-stream";
        }

        // Python writes text as UTF-8; without a charset many programs would read it as Latin-1.
        if (mediaType.Type.Equals("text", StringComparison.OrdinalIgnoreCase) && !mediaType.Charset.HasValue)
        {
            mediaType.Charset = "utf-8";
        }

        return mediaType.ToString();
    }
}
