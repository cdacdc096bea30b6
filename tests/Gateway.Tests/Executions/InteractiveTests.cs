using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Grpc.Core;
using ExecutionEvent = CodeInterpreter.Execution.V1.ExecutionEvent;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Executions that read input while they run.</summary>
public sealed class InteractiveTests(GatewayFixture fixture)
{
    /// <summary>The number of the first event of the second attempt to run an execution.</summary>
    private static readonly long SecondAttempt = new EventSequence(attempt: 1).Next();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
    public async Task ExecuteInteractive_CallerDisconnects_IsCancelled()
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
    public async Task ExecuteInteractive_RunnerLost_InputGoesToTheNextAttempt()
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
        await call.ResponseStream.UntilAsync(told =>
            told.EventCase == ExecutionEvent.EventOneofCase.Started && told.Sequence == SecondAttempt
        );

        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = "again" }, Token);

        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Stdout);
        call.ResponseStream.Current.Stdout.ShouldBe("got again");
        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);
    }

    [Fact]
    public async Task ExecuteInteractive_RunnerLostAfterTheEndOfInput_NextAttemptHasItToo()
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

        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Finished);

        heard.ShouldBe(["lost with its runner", null, null]);
    }

    [Fact]
    public async Task ExecuteInteractive_InvalidInput_EndsTheCallAtOnceAndCancels()
    {
        using var call = await StartInteractiveAsync(fixture.Gateway.Runner.Add(RunnerScript.StartAsync));
        await call.ResponseStream.UntilAsync(told => told.EventCase == ExecutionEvent.EventOneofCase.Started);
        var executionId = call.ResponseStream.Current.ExecutionId;

        await call.RequestStream.WriteAsync(new InteractiveRequest { Input = new string('x', (64 * 1024) + 1) }, Token);

        var next = call.ResponseStream.MoveNext(Token).WaitAsync(EventFollower.KeepAliveInterval / 2, Token);
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
}
