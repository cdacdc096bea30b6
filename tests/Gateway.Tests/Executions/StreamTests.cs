using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Grpc.Core;
using ExecutionEvent = CodeInterpreter.Execution.V1.ExecutionEvent;
using Outcome = CodeInterpreter.Execution.V1.Outcome;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>The events of executions, streamed and followed.</summary>
public sealed class StreamTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteStream_Execution_HasItsEventsInOrder()
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
    public async Task ExecuteStream_QueuedExecution_HasTheNumberOfEarlierOnes()
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
        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Queued);

        call.ResponseStream.Current.Queued.Ahead.ShouldBeGreaterThanOrEqualTo(0);
        mayStart.SetResult();
        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);
    }

    [Fact]
    public async Task Follow_AfterTheConnectionBroke_ContinuesAfterTheLastEvent()
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
            await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Stdout);
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
    public async Task Follow_ExecutionWithoutLiveEvents_HasStartAndEnd()
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
}
