using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CodeInterpreter.Contracts;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Runner.Tests.Executions;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using StoredFile = CodeInterpreter.Files.V1.File;

namespace CodeInterpreter.Runner.Tests.Files;

/// <summary>What becomes of an execution whose inputs the file store does not give as it took them.</summary>
public sealed class InputTests
{
    private static readonly byte[] Content = [1, 2, 3];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ScriptedEngine _engine = new(('S', "{}"), ('X', ExitReports.Silent), ('Z', """{"files":0,"skipped":0}"""));

    [Fact]
    public async Task Input_Unchanged_CodeRuns()
    {
        var result = await ExecuteAsync(token => SendAsync(Content, token));

        result.Outcome.ShouldBe(Outcome.Succeeded, result.Message);
    }

    [Fact]
    public async Task Input_ContentLost_IsAResultThatNamesTheFile()
    {
        var result = await ExecuteAsync(_ => throw new RpcException(new Status(StatusCode.DataLoss, "lost")));

        (result.Outcome, result.KilledBy, result.ReturnCode).ShouldBe((Outcome.InputLost, KilledBy.Runner, null));
        result.Message.ShouldBe("The content of the input file 'data.csv' is lost; upload it again. The code was not started.");
        _engine.Executing.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Input_OtherBytesOfTheSameSize_AreNotGivenToTheCode()
    {
        var result = await ExecuteAsync(token => SendAsync([1, 2, 4], token));

        result.Outcome.ShouldBe(Outcome.InputLost);
        _engine.Executing.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Input_DownloadBreaks_IsRetried()
    {
        var failure = await Should.ThrowAsync<RpcException>(() => ExecuteAsync(token => SendAsync([1, 2], token)));

        failure.StatusCode.ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task Input_StoreStalls_IsRetried()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var execution = ExecuteAsync(SilentAsync);
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(30));

        (await Should.ThrowAsync<RpcException>(() => execution)).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);

        async IAsyncEnumerable<DownloadResponse> SilentAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return Record();
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private static DownloadResponse Record() =>
        new()
        {
            File = new StoredFile
            {
                FileId = "id",
                FileSize = Content.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)),
            },
        };

    private static async IAsyncEnumerable<DownloadResponse> SendAsync(
        byte[] content,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Record();
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        yield return new DownloadResponse { Chunk = ByteString.CopyFrom(content) };
    }

    private Task<ExecutionResult> ExecuteAsync(Func<CancellationToken, IAsyncEnumerable<DownloadResponse>> content)
    {
        var command = TestCommand.Create() with
        {
            InputFiles = [new InputFile("id", "data.csv", Content.Length)],
            AcceptedAt = _time.GetUtcNow(),
            Deadline = _time.GetUtcNow().AddMinutes(5),
        };
        return TestPipeline.ExecuteAsync(command, _engine, _time, TestMeters.Create(), store: new OpenStore { Content = content });
    }
}
