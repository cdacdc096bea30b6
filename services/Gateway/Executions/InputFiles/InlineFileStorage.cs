using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Files;
using Google.Protobuf;

namespace CodeInterpreter.Gateway.Executions.InputFiles;

/// <summary>Stores the files that come with a request, so that its execution finds them as it finds all others.</summary>
internal sealed class InlineFileStorage(FileStoreClient fileStore)
{
    private const int ChunkBytes = 64 * 1024;

    public async Task<IReadOnlyList<InputFile>> StoreAsync(
        string executionId, ExecutionRequest request, CancellationToken cancellationToken)
    {
        var stored = new List<InputFile>(request.Files.Count);
        foreach (var (index, file) in request.Files.Index())
        {
            var header = new UploadHeader
            {
                UserId = request.UserId,
                Filename = file.Filename ?? "",
                FileSize = file.Content.Length,
                UploadId = $"{executionId}/input/{index}",
            };
            var record = await fileStore.UploadAsync(Parts(header, file.Content), cancellationToken);
            stored.Add(new InputFile(record.FileId, record.Filename, record.FileSize));
        }

        return stored;
    }

    private static async IAsyncEnumerable<UploadRequest> Parts(UploadHeader header, ReadOnlyMemory<byte> content)
    {
        await Task.CompletedTask;
        yield return new UploadRequest { Header = header };
        for (var rest = content; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, ChunkBytes)..])
        {
            yield return new UploadRequest { Chunk = ByteString.CopyFrom(rest[..Math.Min(rest.Length, ChunkBytes)].Span) };
        }
    }
}
