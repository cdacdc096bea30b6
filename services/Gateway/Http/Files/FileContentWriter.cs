using CodeInterpreter.Files.V1;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Copies the content of a file from the file store to a response.</summary>
internal static class FileContentWriter
{
    public static async Task WriteAsync(
        HttpResponse response,
        DownloadRequest request,
        IAsyncEnumerable<DownloadResponse> parts,
        CancellationToken cancellationToken
    )
    {
        // Headers are written with the first bytes: until then the response can still become an error.
        StoredFile? pending = null;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (part.PartCase == DownloadResponse.PartOneofCase.File)
            {
                pending = part.File;
                continue;
            }

            WriteHeaders();
            await response.Body.WriteAsync(part.Chunk.Memory, cancellationToken);
        }

        WriteHeaders();

        void WriteHeaders()
        {
            if (pending is not null)
                FileContentHeaders.Write(response, pending, request);
            pending = null;
        }
    }
}
