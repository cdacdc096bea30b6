using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Files;
using Google.Protobuf;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>Stores the files whose content is in the request, so that the execution reads them like all other input files.</summary>
internal sealed partial class InlineFileStorage(FileStoreClient fileStore, ILogger<InlineFileStorage> logger)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Stores all of them, or none.</summary>
    public async Task<IReadOnlyList<InputFile>> StoreAsync(
        string executionId,
        ExecutionRequest request,
        CancellationToken cancellationToken
    )
    {
        var stored = new List<InputFile>(request.Files.Count);
        try
        {
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
        }
        catch
        {
            await RemoveAsync(request.UserId, stored);
            throw;
        }

        return stored;
    }

    /// <summary>Deletes the files of a request that was not accepted, as its caller does not know their ids.</summary>
    public async Task RemoveAsync(string userId, IReadOnlyList<InputFile> stored)
    {
        foreach (var file in stored)
        {
            try
            {
                await fileStore.DeleteAsync(new DeleteFileRequest { UserId = userId, FileId = file.FileId }, CancellationToken.None);
            }
            catch (GatewayException exception)
            {
                NotRemoved(exception);
            }
        }
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

    [LoggerMessage(33, LogLevel.Warning, "A file of a request that was not accepted could not be deleted; it will expire")]
    private partial void NotRemoved(Exception exception);
}
