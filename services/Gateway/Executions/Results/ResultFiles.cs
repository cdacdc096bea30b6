using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Files;

namespace CodeInterpreter.Gateway.Executions.Results;

/// <summary>Loads the small files of a result, for callers that want them with the result.</summary>
internal sealed class ResultFiles(FileStoreClient fileStore)
{
    private const int MaxTotalBytes = 2 * RequestLimits.IncludedFileBytes;

    public static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> None = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The most bytes that are loaded with that result.</summary>
    public static long BytesOf(ExecutionResult result) =>
        Math.Min(MaxTotalBytes, result.GeneratedFiles.Where(IsSmall).Sum(file => file.SizeBytes));

    /// <summary>Loads as many files as the limit allows; returns their contents by file id.</summary>
    public async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> LoadAsync(
        string userId,
        ExecutionResult result,
        CancellationToken cancellationToken
    )
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>();
        var left = (long)MaxTotalBytes;
        foreach (var file in result.GeneratedFiles.Where(IsSmall))
        {
            if (file.SizeBytes > left || await LoadAsync(userId, file, cancellationToken) is not { } content)
            {
                continue;
            }

            left -= content.Length;
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
        // The caller gets the result with the file's id, and can download the file when the store is available again.
        catch (GatewayException)
        {
            return null;
        }
    }
}
