using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Following;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Grpc.Core;
using ExecutionEvent = CodeInterpreter.Execution.V1.ExecutionEvent;
using Outcome = CodeInterpreter.Execution.V1.Outcome;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Executions as those hear of them who listen.</summary>
public sealed class StreamTests(GatewayFixture fixture)
{
    /// <summary>The number of the first event of the second attempt to run an execution.</summary>
    private static readonly long SecondAttempt = new EventSequence(attempt: 1).Next();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteStream_AnExecution_TellsWhatHappensInOrder()
    {
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            context.Message.Live.ShouldBeTrue();
            await RunnerScript.StartAsync(context);
            // Late and twice, as a broker may deliver it.
            await RunnerScript.PrintAsync(context, 4, "b", OutputKind.Stderr);
            await RunnerScript.PrintAsync(context, 3, "a");
            await RunnerScript.PrintAsync(context, 3, "a");
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("a"), sequence: 5);
        });

        var events = await ExecuteStreamAsync(code);

        var numbered = events.Where(told => told.Sequence > 0).ToList();
        numbered
            .Select(told => (told.Sequence, told.EventCase))
            .ShouldBe([
                (1, ExecutionEvent.EventOneofCase.Accepted),
                (2, ExecutionEvent.EventOneofCase.Started),
                (3, ExecutionEvent.EventOneofCase.Stdout),
                (4, ExecutionEvent.EventOneofCase.Stderr),
                (5, ExecutionEvent.EventOneofCase.Finished),
            ]);
        (numbered[2].Stdout, numbered[3].Stderr).ShouldBe(("a", "b"));
        numbered[^1].Finished.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task ExecuteStream_ExecutionThatWaits_SaysHowManyAreAhead()
    {
        var mayStart = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayStart.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), sequence: 2);
        });

        using var call = fixture.Gateway.Executions.ExecuteStream(
            new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code },
            cancellationToken: Token
        );
        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Queued);

        call.ResponseStream.Current.Queued.Ahead.ShouldBeGreaterThanOrEqualTo(0);
        mayStart.SetResult();
        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);
    }

    [Fact]
    public async Task Follow_AfterTheConnectionBroke_GoesOnBehindTheLastEvent()
    {
        var user = GatewayFixture.NewUser();
        var mayGoOn = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            await RunnerScript.PrintAsync(context, 3, "before");
            await mayGoOn.Task;
            // As if another replica had accepted it: this one finds it in the log only.
            await RunnerScript.PrintAsync(context, 4, "after", reply: false);
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), sequence: 5);
        });
        string executionId;
        using (
            var call = fixture.Gateway.Executions.ExecuteStream(new ExecuteRequest { UserId = user, Code = code }, cancellationToken: Token)
        )
        {
            await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Stdout);
            executionId = call.ResponseStream.Current.ExecutionId;
        }

        mayGoOn.SetResult();
        var rest = await FollowAsync(user, executionId, after: 3);

        rest.Select(told => told.Sequence).ShouldBe([4, 5]);
        rest[0].Stdout.ShouldBe("after");
        rest[1].Finished.Success.ShouldBeTrue();
        fixture.Gateway.Runner.Cancelled.ShouldNotContain(executionId);
        (await FollowAsync(user, executionId, after: 0)).Select(told => told.Sequence).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Follow_ExecutionThatNobodyWantedToFollow_TellsStartAndEnd()
    {
        var user = GatewayFixture.NewUser();
        var result = await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = user, Code = "print(1)" },
            cancellationToken: Token
        );
        await Eventually.TrueAsync(async () =>
            (
                await fixture.Gateway.Executions.GetAsync(new GetExecutionRequest { UserId = user, ExecutionId = result.ExecutionId })
            ).StartedAt
                is not null
        );

        var events = await FollowAsync(user, result.ExecutionId, after: 0);

        events
            .Select(told => told.EventCase)
            .ShouldBe([
                ExecutionEvent.EventOneofCase.Accepted,
                ExecutionEvent.EventOneofCase.Started,
                ExecutionEvent.EventOneofCase.Finished,
            ]);
    }

    [Fact]
    public async Task Follow_AnotherUsersExecution_IsNotFound()
    {
        var result = await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = "print(1)" },
            cancellationToken: Token
        );

        var exception = await Should.ThrowAsync<RpcException>(() => FollowAsync(GatewayFixture.NewUser(), result.ExecutionId, after: 0));

        exception.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task ExecuteInteractive_InputWhileItRuns_ReachesTheRunnerInOrder()
    {
        var input = fixture.Gateway.Runner.Input.Reader;
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            context.Message.Interactive.ShouldBeTrue();
            await RunnerScript.StartAsync(context);
            var sequence = 3;
            while (await input.ReadAsync(CancellationToken.None) is { } line)
            {
                await RunnerScript.PrintAsync(context, sequence++, $"got {line}");
            }

            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), sequence);
        });
        using var call = fixture.Gateway.Executions.ExecuteInteractive(cancellationToken: Token);
        var start = new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code };

        await call.RequestStream.WriteAsync(new InteractiveRequest { Start = start }, Token);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "one" }, Token);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "two" }, Token);
        await call.RequestStream.CompleteAsync();

        var events = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        events
            .Where(told => told.EventCase == ExecutionEvent.EventOneofCase.Stdout)
            .Select(told => told.Stdout)
            .ShouldBe(["got one", "got two"]);
        events[^1].Finished.Success.ShouldBeTrue();
    }

    [Fact]
    public async Task ExecuteInteractive_CallerGoesAway_IsCancelled()
    {
        var code = fixture.Gateway.Runner.Add(RunnerScript.StartAsync);
        string executionId;
        using (var call = fixture.Gateway.Executions.ExecuteInteractive(cancellationToken: Token))
        {
            await call.RequestStream.WriteAsync(
                new InteractiveRequest
                {
                    Start = new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code },
                },
                Token
            );
            await call.ResponseStream.MoveNext(Token);
            executionId = call.ResponseStream.Current.ExecutionId;
        }

        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(executionId));
    }

    [Fact]
    public async Task ExecuteInteractive_TheRunnerIsLost_InputGoesToTheOneThatBeginsAnew()
    {
        var input = fixture.Gateway.Runner.Input.Reader;
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context, sequence: 2, "input-of-a-lost-runner");
            await RunnerScript.StartAsync(context, SecondAttempt, "stand-in-input");
            await RunnerScript.PrintAsync(context, SecondAttempt + 1, $"got {await input.ReadAsync(CancellationToken.None)}");
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), SecondAttempt + 2);
        });
        using var call = await StartInteractiveAsync(code);
        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Started && told.Sequence == SecondAttempt);

        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "again" }, Token);

        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Stdout);
        call.ResponseStream.Current.Stdout.ShouldBe("got again");
        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);
    }

    [Fact]
    public async Task ExecuteInteractive_TheRunnerIsLostAfterTheInputHasEnded_TheNextOneHearsOfTheEnd()
    {
        var input = fixture.Gateway.Runner.Input.Reader;
        List<string?> heard = [];
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            heard.Add(await input.ReadAsync(CancellationToken.None));
            heard.Add(await input.ReadAsync(CancellationToken.None));
            await RunnerScript.StartAsync(context, SecondAttempt, "stand-in-input");
            heard.Add(await input.ReadAsync(CancellationToken.None));
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""), SecondAttempt + 1);
        });
        using var call = await StartInteractiveAsync(code);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "lost with its runner" }, Token);
        await call.RequestStream.CompleteAsync();

        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);

        heard.ShouldBe(["lost with its runner", null, null]);
    }

    [Fact]
    public async Task ExecuteInteractive_WrongInputWhileNothingHappens_EndsTheCallAtOnce_AndCancels()
    {
        using var call = await StartInteractiveAsync(fixture.Gateway.Runner.Add(RunnerScript.StartAsync));
        await UntilAsync(call, told => told.EventCase == ExecutionEvent.EventOneofCase.Started);
        var executionId = call.ResponseStream.Current.ExecutionId;

        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = new string('x', (64 * 1024) + 1) }, Token);

        var next = call.ResponseStream.MoveNext(Token).WaitAsync(ExecutionFollower.KeepAliveInterval / 2, Token);
        (await Should.ThrowAsync<RpcException>(() => next)).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(executionId));
    }

    [Fact]
    public async Task ExecuteInteractive_WithoutStart_IsInvalid()
    {
        using var call = fixture.Gateway.Executions.ExecuteInteractive(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "one" }, Token);

        var exception = await Should.ThrowAsync<RpcException>(async () => await call.ResponseStream.MoveNext(Token));

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    private async Task<AsyncDuplexStreamingCall<InteractiveRequest, ExecutionEvent>> StartInteractiveAsync(string code)
    {
        var call = fixture.Gateway.Executions.ExecuteInteractive(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new InteractiveRequest
            {
                Start = new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code },
            },
            Token
        );
        return call;
    }

    private async Task<List<ExecutionEvent>> ExecuteStreamAsync(string code)
    {
        using var call = fixture.Gateway.Executions.ExecuteStream(
            new ExecuteRequest { UserId = GatewayFixture.NewUser(), Code = code },
            cancellationToken: Token
        );
        return await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
    }

    private async Task<List<ExecutionEvent>> FollowAsync(string user, string executionId, long after)
    {
        using var call = fixture.Gateway.Executions.Follow(
            new FollowExecutionRequest
            {
                UserId = user,
                ExecutionId = executionId,
                AfterSequence = after,
            },
            cancellationToken: Token
        );
        return await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
    }

    private static Task UntilAsync(AsyncServerStreamingCall<ExecutionEvent> call, Func<ExecutionEvent, bool> condition) =>
        UntilAsync(call.ResponseStream, condition);

    private static Task UntilAsync(
        AsyncDuplexStreamingCall<InteractiveRequest, ExecutionEvent> call,
        Func<ExecutionEvent, bool> condition
    ) => UntilAsync(call.ResponseStream, condition);

    private static async Task UntilAsync(IAsyncStreamReader<ExecutionEvent> events, Func<ExecutionEvent, bool> condition)
    {
        while (await events.MoveNext(Token))
        {
            if (condition(events.Current))
                return;
        }

        throw new InvalidOperationException("The stream ended before the event came.");
    }
}
