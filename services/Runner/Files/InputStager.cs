using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;

namespace CodeInterpreter.Runner.Files;

/// <summary>Streams an execution's input files from the file store into its sandbox.</summary>
internal sealed partial class InputStager(FileService.FileServiceClient files, ILogger<InputStager> logger)
{
    /// <summary>
    /// Stages the files in their order. One that has expired since the execution was accepted is left out: code that asks for it gets
    /// the same error as for any file that is not there.
    /// </summary>
    public async Task StageAsync(
        SandboxConversation conversation, ExecuteCode command, CancellationToken cancellationToken)
    {
        foreach (var input in command.InputFiles)
        {
            try
            {
                await StageAsync(conversation, command, input, cancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
            {
                Gone(input.FileId);
            }

            await conversation.ThrowIfFailedAsync(cancellationToken);
        }
    }

    private async Task StageAsync(
        SandboxConversation conversation, ExecuteCode command, InputFile input, CancellationToken cancellationToken)
    {
        using var download = files.Download(
            new DownloadRequest { UserId = command.UserId, FileId = input.FileId },
            GrantHeaders.Of(command),
            cancellationToken: cancellationToken);
        if (!await download.ResponseStream.MoveNext(cancellationToken)) throw Broken(input.FileId);

        var size = download.ResponseStream.Current.File?.FileSize ?? throw Broken(input.FileId);
        await conversation.BeginItemAsync(
            new ItemCommand("file", size, Path: input.Filename, FileId: input.FileId), cancellationToken);
        while (await download.ResponseStream.MoveNext(cancellationToken))
        {
            var chunk = download.ResponseStream.Current.Chunk.Memory;
            size -= chunk.Length;
            await conversation.SendDataAsync(chunk, cancellationToken);
        }

        if (size != 0) throw Broken(input.FileId);
    }

    private static RpcException Broken(string fileId) =>
        new(new Status(StatusCode.DataLoss, $"The file store sent the file {fileId} incompletely."));

    [LoggerMessage(40, LogLevel.Information, "The input file {FileId} is gone and was left out")]
    private partial void Gone(string fileId);
}
