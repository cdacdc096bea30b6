using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.TestServers;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Command = CodeInterpreter.Contracts.ExecuteCode;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly TimeSpan ToTheDeadline = TimeSpan.FromSeconds(7 + 11 + 13);
    private static readonly TimeSpan LongAfter = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Gateway:Executions:DefaultWallTime"] = "00:00:07",
                ["Gateway:Executions:QueueTimeout"] = "00:00:11",
                ["Gateway:Executions:TransferTimeout"] = "00:00:13",
                ["Gateway:Executions:MaxFiles"] = "3",
                // The clock may jump while the bus still waits for its receipt; only the deadline shall pass by that.
                ["Gateway:Executions:PublishTimeout"] = "02:00:00",
            },
            _time
        );

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Execute_NoResultByTheDeadline_IsDeadlineExceededOverGrpc()
    {
        var (code, taken) = AddSilence();
        var executing = _gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = "u", Code = code },
            cancellationToken: TestContext.Current.CancellationToken
        );

        var command = await taken;
        await UntilRunningAsync(command);
        _time.Advance(ToTheDeadline);

        var exception = await Should.ThrowAsync<RpcException>(async () => await executing);
        exception.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        exception.Status.Detail.ShouldContain(command.ExecutionId);
        var info = exception.GetRpcStatus()?.GetDetail<ErrorInfo>().ShouldNotBeNull();
        (info!.Reason, info.Metadata["execution_id"]).ShouldBe(("EXECUTION_UNFINISHED", command.ExecutionId));
        _gateway.Services.GetRequiredService<Subscriptions>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Execute_NoResultByTheDeadline_IsGatewayTimeoutOverHttp()
    {
        var (code, taken) = AddSilence();
        var executing = _gateway.Http.ExecuteAsync($$"""{ "user_id": "u", "code": "{{code}}" }""");

        var command = await taken;
        await UntilRunningAsync(command);
        _time.Advance(ToTheDeadline);

        using var response = await executing;
        var problem = await response.ShouldBeProblemAsync(504);
        problem["execution_id"].ShouldNotBeNull().GetValue<string>().ShouldBe(command.ExecutionId);
    }

    [Fact]
    public async Task Execute_Code_SendsWhatTheRunnerNeeds()
    {
        var (code, taken) = AddSilence();
        var request = new ExecuteRequest
        {
            UserId = "u",
            Code = code,
            Stdin = "in",
            Args = { "a", "b" },
        };
        _ = _gateway.Executions.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        var command = await taken;

        command.UserId.ShouldBe("u");
        command.Stdin.ShouldBe("in");
        command.Args.ShouldBe(["a", "b"]);
        command.WallTimeSeconds.ShouldBe(7);
        command.AcceptedAt.ShouldBe(_time.GetUtcNow());
        command.StartBy.ShouldBe(_time.GetUtcNow().AddSeconds(11));
        command.Limits.Files.ShouldBe(3);
        command.Deadline.ShouldBe(_time.GetUtcNow().AddSeconds(7 + 11 + 13));
    }

    [Fact]
    public async Task Submit_NoResultLongAfterTheDeadline_IsLost()
    {
        var (code, taken) = AddSilence();
        var request = new ExecuteRequest
        {
            UserId = "u",
            Code = code,
            IdempotencyKey = "lost",
        };
        var submitted = await _gateway.Executions.SubmitAsync(request, cancellationToken: Token);
        var key = new GetExecutionRequest { UserId = "u", ExecutionId = submitted.ExecutionId };
        var command = await taken;
        await UntilRunningAsync(command);

        _time.Advance(ToTheDeadline);
        (await _gateway.Executions.GetAsync(key, cancellationToken: Token)).Status.ShouldBe(Execution.V1.ExecutionStatus.Running);
        _time.Advance(LongAfter);

        var waited = await _gateway.Executions.WaitAsync(
            new()
            {
                UserId = "u",
                ExecutionId = submitted.ExecutionId,
                TimeoutSeconds = 60,
            },
            cancellationToken: Token
        );
        waited.Result.Outcome.ShouldBe(Outcome.RunnerLost);
        waited.Result.Message.ShouldNotBeEmpty();
        using var following = _gateway.Executions.Follow(
            new()
            {
                UserId = "u",
                ExecutionId = submitted.ExecutionId,
                AfterSequence = 1,
            },
            cancellationToken: Token
        );
        (await following.ResponseStream.MoveNext(Token)).ShouldBeTrue();
        following.ResponseStream.Current.Started.ShouldNotBeNull();
        (await following.ResponseStream.MoveNext(Token)).ShouldBeTrue();
        following.ResponseStream.Current.Finished.Outcome.ShouldBe(Outcome.RunnerLost);
        var repeated = await _gateway.Executions.SubmitAsync(request, cancellationToken: Token);
        repeated.Result.Outcome.ShouldBe(Outcome.RunnerLost);

        await _gateway
            .Services.GetRequiredService<ExecutionFinisher>()
            .FinishAsync(
                new()
                {
                    ExecutionId = command.ExecutionId,
                    UserId = "u",
                    RunnerId = "late",
                    FinishedAt = _time.GetUtcNow(),
                    Result = RunnerScript.Succeeded("late"),
                },
                Token
            );
        (await _gateway.Executions.GetAsync(key, cancellationToken: Token)).Result.Outcome.ShouldBe(Outcome.RunnerLost);
    }

    [Fact]
    public async Task Execute_NoRunnerWithinTheQueueTimeout_IsAnsweredThen()
    {
        var taken = new TaskCompletionSource<Command>();
        var code = _gateway.Runner.Add(context =>
        {
            taken.SetResult(context.Message);
            return Task.CompletedTask;
        });
        var executing = _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "u", Code = code }, cancellationToken: Token);
        var command = await taken.Task.WaitAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(11));
        await Eventually.TrueAsync(() => Task.FromResult(_gateway.Runner.Cancelled.Contains(command.ExecutionId)));
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(QueueTimeouts.StartGrace);
            return Task.FromResult(executing.ResponseAsync.IsCompleted);
        });

        var response = await executing;
        response.Outcome.ShouldBe(Outcome.TimedOut);
        response.Message.ShouldContain("not started");
        _time.GetUtcNow().ShouldBeLessThan(command.Deadline);
    }

    private Task UntilRunningAsync(Command command) =>
        Eventually.TrueAsync(async () =>
            await _gateway.Services.GetRequiredService<IExecutionStore>().FindAsync(command.UserId, command.ExecutionId, Token)
                is { Status: Gateway.Executions.Records.ExecutionStatus.Running }
        );

    /// <summary>Code that is started and never heard of again.</summary>
    private (string Code, Task<Command> Taken) AddSilence()
    {
        var taken = new TaskCompletionSource<Command>();
        var code = _gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            taken.SetResult(context.Message);
        });
        return (code, taken.Task.WaitAsync(TestContext.Current.CancellationToken));
    }
}
