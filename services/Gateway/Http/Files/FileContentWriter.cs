using CodeInterpreter.Files.V1;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Gateway.Http.Files;

/// <summary>Writes a file into a response as it comes from the file store.</summary>
internal static class FileContentWriter
{
    public static async Task WriteAsync(
        HttpResponse response,
        DownloadRequest request,
        IAsyncEnumerable<DownloadResponse> parts,
        CancellationToken cancellationToken
    )
    {
        // Described with its first bytes: until then the answer may still become that they are lost.
        StoredFile? undescribed = null;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            if (part.PartCase == DownloadResponse.PartOneofCase.File)
            {
                undescribed = part.File;
                continue;
            }

            Describe();
            await response.Body.WriteAsync(part.Chunk.Memory, cancellationToken);
        }

        Describe();

        void Describe()
        {
            if (undescribed is not null)
                FileContentHeaders.Write(response, undescribed, request);
            undescribed = null;
        }
    }
}
