using System.Security.Cryptography;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Sandboxes.Protocol;
using Grpc.Core;

namespace CodeInterpreter.Runner.Files;

/// <summary>Streams an execution's input files from the file store into its sandbox.</summary>
internal sealed partial class InputStager(FileService.FileServiceClient files, TimeProvider time, ILogger<InputStager> logger)
{
    // Longer than any hiccup of a network. A whole download has the time that its execution has.
    private static readonly TimeSpan StoreSilence = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Stages the files in their order. One that has expired since the execution was accepted is left out: code that asks for it gets
    /// the same error as for any file that is not there.
    /// </summary>
    /// <exception cref="InputLostException">The content of one is lost, or is not what was stored.</exception>
    public async Task StageAsync(SandboxConversation conversation, ExecuteCode command, CancellationToken cancellationToken)
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
            catch (RpcException exception) when (exception.StatusCode == StatusCode.DataLoss)
            {
                throw new InputLostException(input.Filename, exception);
            }

            await conversation.ThrowIfFailedAsync(cancellationToken);
        }
    }

    private async Task StageAsync(
        SandboxConversation conversation,
        ExecuteCode command,
        InputFile input,
        CancellationToken cancellationToken
    )
    {
        using var download = files.Download(
            new DownloadRequest { UserId = command.UserId, FileId = input.FileId },
            GrantHeaders.Of(command),
            cancellationToken: cancellationToken
        );
        var content = download.ResponseStream;
        if (!await MoveNextAsync(content, cancellationToken))
            throw Broken(input.FileId);

        var file = content.Current.File ?? throw Broken(input.FileId);
        var rest = file.FileSize;
        await conversation.BeginItemAsync(new ItemCommand("file", rest, Path: input.Filename, FileId: input.FileId), cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await MoveNextAsync(content, cancellationToken))
        {
            var chunk = content.Current.Chunk.Memory;
            rest -= chunk.Length;
            hash.AppendData(chunk.Span);
            await conversation.SendDataAsync(chunk, cancellationToken);
        }

        if (rest != 0)
            throw Broken(input.FileId);
        if (!Convert.ToHexString(hash.GetHashAndReset()).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            Changed(input.FileId);
            throw new InputLostException(input.Filename);
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncStreamReader<DownloadResponse> content, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(StoreSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await content.MoveNext(either.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }
                && silence.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new RpcException(
                new Status(StatusCode.DeadlineExceeded, $"The file store sent nothing for {StoreSilence.TotalSeconds} s.", exception)
            );
        }
    }

    // Whether the store is at fault or the network is not known: another attempt may get all of it.
    private static RpcException Broken(string fileId) =>
        new(new Status(StatusCode.Internal, $"The file store sent the file {fileId} incompletely."));

    [LoggerMessage(40, LogLevel.Information, "The input file {FileId} no longer exists and was left out")]
    private partial void Gone(string fileId);

    [LoggerMessage(41, LogLevel.Error, "The content of the input file {FileId} is not what was stored")]
    private partial void Changed(string fileId);
}
