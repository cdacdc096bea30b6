using CodeInterpreter.Files.V1;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Writes a file into a response as it comes from the file store.</summary>
internal static class FileContentWriter
{
    public static async Task WriteAsync(
        HttpResponse response,
        DownloadRequest request,
        IAsyncEnumerable<DownloadResponse> parts,
        CancellationToken cancellationToken)
    {
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (part.PartCase == DownloadResponse.PartOneofCase.File)
            {
                FileContentHeaders.Write(response, part.File, request);
            }
            else
            {
                await response.Body.WriteAsync(part.Chunk.Memory, cancellationToken);
            }
        }
    }
}
