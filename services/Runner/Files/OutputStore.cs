using System.Security.Cryptography;
using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using Grpc.Core;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Files;

/// <summary>The files of an execution in the file store: uploads and removes them.</summary>
internal sealed partial class OutputStore(FileService.FileServiceClient files, TimeProvider time, ILogger<OutputStore> logger)
{
    private const int PageSize = 1000;

    // For every call: a store that does not answer must not hold an execution, and the slot of its runner, for ever.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private DateTime Deadline => time.GetUtcNow().UtcDateTime + Timeout;

    public static UploadHeader HeaderFor(ExecuteCode command, string path, long size) =>
        new()
        {
            UserId = command.UserId,
            Filename = path,
            FileSize = size,
            Source = FileSource.Generated,
            ExecutionId = command.ExecutionId,
            // The same for the same file when the execution runs again because its runner was lost.
            UploadId = $"{command.ExecutionId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}",
        };

    public FileUpload Upload(ExecuteCode command, CancellationToken cancellationToken) =>
        new(files.Upload(GrantHeaders.Of(command), Deadline, cancellationToken));

    /// <summary>Removes a file. One that cannot be removed expires: its id is in no result, so the code need not run again.</summary>
    public async Task TryRemoveAsync(ExecuteCode command, StoredFile file)
    {
        try
        {
            await RemoveAsync(command, file, CancellationToken.None);
        }
        catch (RpcException exception)
        {
            WrongNotRemoved(exception);
        }
    }

    /// <summary>Removes the files of this execution except <paramref name="kept"/>; what cannot be removed now expires.</summary>
    public async Task RemoveOthersAsync(ExecuteCode command, IReadOnlyList<GeneratedFile> kept, CancellationToken cancellationToken)
    {
        var ids = kept.Select(file => file.FileId).ToHashSet(StringComparer.Ordinal);
        try
        {
            var list = new ListFilesRequest
            {
                UserId = command.UserId,
                ExecutionId = command.ExecutionId,
                PageSize = PageSize,
            };
            do
            {
                var page = await files.ListAsync(list, GrantHeaders.Of(command), Deadline, cancellationToken);
                foreach (var file in page.Files.Where(file => !ids.Contains(file.FileId)))
                    await RemoveAsync(command, file, cancellationToken);

                list.PageToken = page.NextPageToken;
            } while (list.PageToken.Length > 0);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotRemoved(exception);
        }
    }

    private async Task RemoveAsync(ExecuteCode command, StoredFile file, CancellationToken cancellationToken) =>
        await files.DeleteAsync(
            new DeleteFileRequest { UserId = command.UserId, FileId = file.FileId },
            GrantHeaders.Of(command),
            Deadline,
            cancellationToken
        );

    [LoggerMessage(51, LogLevel.Warning, "Files of an earlier attempt could not be removed")]
    private partial void NotRemoved(Exception exception);

    [LoggerMessage(52, LogLevel.Warning, "A file that did not arrive as it was read could not be removed")]
    private partial void WrongNotRemoved(Exception exception);
}
