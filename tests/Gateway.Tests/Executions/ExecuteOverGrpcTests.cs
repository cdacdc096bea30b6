using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Grpc;
using CodeInterpreter.Gateway.Tests.Hosting;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class ExecuteOverGrpcTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_Code_ReturnsEveryFieldOfTheResult()
    {
        var code = fixture.Gateway.Runner.AddResult(Results.Full);
        var request = new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code };

        var result = await fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: Token);

        result.ShouldBe(
            new ExecutionResult
            {
                ExecutionId = result.ExecutionId,
                Success = false,
                Output = "out ü 😀",
                Error = "err",
                ExecutionTime = 1.5,
                ReturnCode = 137,
                GeneratedFiles =
                {
                    new GeneratedFile
                    {
                        Filename = "dir/plot.png",
                        Type = "image",
                        MimeType = "image/png",
                        Size = 33,
                        Sha256 = new string('a', 64),
                        FileId = "u_1_a",
                        ExpiresAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Results.ExpiresAt),
                        ModifiedFrom = "u_0_b",
                    },
                },
                GeneratedFileIds = { "u_1_a" },
                SkippedFiles =
                {
                    new SkippedFile
                    {
                        Path = "big.bin",
                        Reason = SkipReason.TooLarge,
                        Size = 44,
                        Detail = "Larger than 1 byte.",
                    },
                },
                SkippedFileCount = 101,
                LeftBehind =
                {
                    new LeftBehindFile { Path = "/tmp/habit.csv", Size = 55 },
                },
                Outcome = Outcome.TimedOut,
                KilledBy = KilledBy.WallTime,
                Message = "Stopped after 1 s.",
                Signal = "SIGKILL",
                Usage = new ResourceUsage
                {
                    WallSeconds = 1.5,
                    CpuUserSeconds = 0.25,
                    CpuSystemSeconds = 0.125,
                    PeakMemoryBytes = 4096,
                    OomKills = 2,
                },
                OutputBytes = 11,
                ErrorBytes = 22,
                OutputTruncated = true,
                ErrorTruncated = false,
                OutputTail = "the end",
                OutputFileId = "u_1_out",
                Exception = new PythonException
                {
                    Type = "ValueError",
                    Message = "no",
                    Frames =
                    {
                        new PythonFrame
                        {
                            File = "main.py",
                            Line = 3,
                            Function = "<module>",
                            Code = "f()",
                        },
                    },
                },
            }
        );
        result.ExecutionId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Execute_CodeThatNeverRan_HasNoReturnCode()
    {
        var code = fixture.Gateway.Runner.AddResult(new() { Outcome = Contracts.Outcome.SandboxFailed });
        var request = new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code };

        var result = await fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: Token);

        result.HasReturnCode.ShouldBeFalse();
        result.KilledBy.ShouldBe(KilledBy.Unspecified);
    }

    [Fact]
    public async Task Get_FinishedExecution_HasTheSameResult()
    {
        var user = GatewayFixture.NewUser();
        var executed = await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = user, Code = fixture.Gateway.Runner.AddResult(Results.Full) },
            cancellationToken: Token
        );

        var execution = await fixture.Gateway.Executions.GetAsync(
            new GetExecutionRequest { UserId = user, ExecutionId = executed.ExecutionId },
            cancellationToken: Token
        );

        execution.Status.ShouldBe(ExecutionStatus.Finished);
        execution.UserId.ShouldBe(user);
        execution.AcceptedAt.ShouldNotBeNull();
        execution.FinishedAt.ShouldNotBeNull();
        execution.Result.ShouldBe(executed);
    }

    [Fact]
    public async Task Execute_200CallsAtOnce_EachHasItsOwnResult()
    {
        var requests = Enumerable
            .Range(0, 200)
            .Select(i => new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = $"print({i})" })
            .ToArray();

        var results = await Task.WhenAll(
            requests.Select(request => fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: Token).ResponseAsync)
        );

        results.Select(result => result.Output).ShouldBe(requests.Select(request => request.Code));
        results.DistinctBy(result => result.ExecutionId).Count().ShouldBe(200);
    }

    [Fact]
    public async Task Execute_AcceptedExecution_SendsItsIdBeforeTheResult()
    {
        var mayFinish = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });
        using var call = fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code },
            cancellationToken: Token
        );

        var id = (await call.ResponseHeadersAsync).GetValue("execution-id").ShouldNotBeNull();
        mayFinish.SetResult();

        (await call).ExecutionId.ShouldBe(id);
    }

    [Theory]
    [InlineData(-60, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3600, false)]
    public void Call_EndsNearItsDeadline_IsDeadlineExceeded(int secondsLeft, bool expected)
    {
        var now = DateTimeOffset.UnixEpoch;

        ExecutionGrpcService.IsAtDeadline(now.UtcDateTime.AddSeconds(secondsLeft), now).ShouldBe(expected);
        ExecutionGrpcService.IsAtDeadline(DateTime.MaxValue, now).ShouldBeFalse("A call without a deadline.");
    }
}
