using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>Fetches the small files of a result for callers who want them along with it.</summary>
internal sealed class ResultFiles(FileStoreClient fileStore)
{
    private const int MaxTotalBytes = 2 * RequestLimits.IncludedFileBytes;

    public static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> None = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>How much the files may have that are loaded with a result.</summary>
    public static long BytesOf(ExecutionResult result) =>
        Math.Min(MaxTotalBytes, result.GeneratedFiles.Where(IsSmall).Sum(file => file.SizeBytes));

    /// <summary>The contents by file id, of as many files as there is room for; of the others their ids are enough.</summary>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> LoadAsync(
        string userId,
        ExecutionResult result,
        CancellationToken cancellationToken
    )
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>();
        var room = (long)MaxTotalBytes;
        foreach (var file in result.GeneratedFiles.Where(IsSmall))
        {
            if (file.SizeBytes > room || await LoadAsync(userId, file, cancellationToken) is not { } content)
            {
                continue;
            }

            room -= content.Length;
            contents[file.FileId] = content;
        }

        return contents;
    }

    private static bool IsSmall(GeneratedFile file) => file.SizeBytes <= RequestLimits.IncludedFileBytes;

    private async Task<byte[]?> LoadAsync(string userId, GeneratedFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((int)file.SizeBytes);
        try
        {
            var request = new DownloadRequest { UserId = userId, FileId = file.FileId };
            await foreach (var part in fileStore.DownloadAsync(request, cancellationToken))
            {
                content.Write(part.Chunk.Span);
            }

            return content.ToArray();
        }
        // The caller has the result and the file's id; the file can be had when the store is back.
        catch (GatewayException)
        {
            return null;
        }
    }
}
