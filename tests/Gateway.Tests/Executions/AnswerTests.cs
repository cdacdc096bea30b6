using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Requests;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ExecutionService = CodeInterpreter.Gateway.Executions.ExecutionService;
using Status = CodeInterpreter.Execution.V1.ExecutionStatus;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>The ways an answer may take from the runner to the caller.</summary>
public sealed class AnswerTests(GatewayFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_OnlyTheReplyArrives_IsReturnedAndStored()
    {
        var code = fixture.Gateway.Runner.Add(context =>
            RunnerScript.ReplyAsync(context, RunnerScript.Finished(context, RunnerScript.Succeeded("reply")))
        );

        var (user, result) = await ExecuteAsync(code);

        result.Output.ShouldBe("reply");
        (await GetAsync(user, result.ExecutionId)).Status.ShouldBe(Status.Finished);
    }

    [Fact]
    public async Task Execute_OnlyThePublishedCopyArrives_IsReturnedAndStored()
    {
        var code = fixture.Gateway.Runner.Add(context => context.Publish(RunnerScript.Finished(context, RunnerScript.Succeeded("copy"))));

        var (user, result) = await ExecuteAsync(code);

        result.Output.ShouldBe("copy");
        (await GetAsync(user, result.ExecutionId)).Status.ShouldBe(Status.Finished);
    }

    [Fact]
    public async Task Execute_ResultArrivesTwice_IsFinishedOnce()
    {
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await RunnerScript.ReplyAsync(context, RunnerScript.Finished(context, RunnerScript.Succeeded("first")));
            await RunnerScript.ReplyAsync(context, RunnerScript.Finished(context, RunnerScript.Succeeded("first")));
        });

        var (user, result) = await ExecuteAsync(code);
        var again = new ExecutionFinished
        {
            ExecutionId = result.ExecutionId,
            UserId = user,
            RunnerId = "another",
            FinishedAt = DateTimeOffset.UnixEpoch,
            Result = RunnerScript.Succeeded("second"),
        };
        await fixture.Gateway.Services.GetRequiredService<ExecutionFinisher>().FinishAsync(again, Token);

        var execution = await GetAsync(user, result.ExecutionId);
        execution.Result.Output.ShouldBe("first");
        execution.FinishedAt.ToDateTimeOffset().ShouldNotBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Get_UnfinishedExecution_HasItsStatus()
    {
        var user = GatewayFixture.NewUser();
        var queued = new TaskCompletionSource<string>();
        var mayFinish = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            queued.SetResult(context.Message.ExecutionId);
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });
        var executing = fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = user, Code = code },
            cancellationToken: Token
        );

        var executionId = await queued.Task.WaitAsync(Token);
        var before = await GetAsync(user, executionId);
        await fixture
            .Gateway.Services.GetRequiredService<IExecutionStore>()
            .MarkStartedAsync(
                new()
                {
                    ExecutionId = executionId,
                    UserId = user,
                    RunnerId = "",
                    StartedAt = DateTimeOffset.UtcNow,
                },
                Token
            );
        var meanwhile = await GetAsync(user, executionId);
        mayFinish.SetResult();
        await executing;
        var after = await GetAsync(user, executionId);

        before.Status.ShouldBe(Status.Queued);
        before.Result.ShouldBeNull();
        meanwhile.Status.ShouldBe(Status.Running);
        meanwhile.StartedAt.ShouldNotBeNull();
        after.Status.ShouldBe(Status.Finished);
    }

    [Fact]
    public async Task Execute_CallerDisconnects_CancelsTheExecution()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var taken = new TaskCompletionSource<string>();
        var code = fixture.Gateway.Runner.Add(context =>
        {
            taken.SetResult(context.Message.ExecutionId);
            return Task.CompletedTask;
        });
        var executions = fixture.Gateway.Services.GetRequiredService<ExecutionService>();
        var user = GatewayFixture.NewUser();
        var executing = executions.ExecuteAsync(new ExecutionRequest { UserId = user, Code = code }, WaitingCaller.Any, caller.Token);

        var executionId = await taken.Task.WaitAsync(Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(executing);
        var execution = await GetAsync(user, executionId);
        execution.Result.Outcome.ShouldBe(Execution.V1.Outcome.Cancelled);
        fixture.Gateway.Runner.Cancelled.ShouldContain(executionId);
    }

    [Fact]
    public async Task Execute_CallerTimesOut_IsNotCancelledAndItsIdWasSent()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var told = new TaskCompletionSource<string>();
        var mayFinish = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("late"));
        });
        var user = GatewayFixture.NewUser();
        var executing = fixture
            .Gateway.Services.GetRequiredService<ExecutionService>()
            .ExecuteAsync(
                new ExecutionRequest { UserId = user, Code = code },
                new WaitingCaller(Context: null, id => Task.FromResult(told.TrySetResult(id)), () => true),
                caller.Token
            );

        var executionId = await told.Task.WaitAsync(Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(executing);
        mayFinish.SetResult();

        var finished = await fixture.Gateway.Executions.WaitAsync(
            new()
            {
                UserId = user,
                ExecutionId = executionId,
                TimeoutSeconds = 60,
            },
            cancellationToken: Token
        );
        finished.Result.Output.ShouldBe("late");
        fixture.Gateway.Runner.Cancelled.ShouldNotContain(executionId);
    }

    [Fact]
    public async Task Execute_CallerWithAKeyDisconnects_CanRepeatTheCall()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var (code, taken, mayFinish) = AddPatient();
        var executions = fixture.Gateway.Services.GetRequiredService<ExecutionService>();
        var request = new ExecutionRequest
        {
            UserId = GatewayFixture.NewUser(),
            Code = code,
            IdempotencyKey = "key",
        };
        var executing = executions.ExecuteAsync(request, WaitingCaller.Any, caller.Token);

        var executionId = await taken.WaitAsync(Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(executing);
        var repeated = executions.ExecuteAsync(request, WaitingCaller.Any, Token);
        mayFinish.SetResult();

        var finished = await repeated;
        finished.ExecutionId.ShouldBe(executionId);
        finished.Result.Output.Text.ShouldBe("patient");
        fixture.Gateway.Runner.Cancelled.ShouldNotContain(executionId);
    }

    [Fact]
    public async Task Execute_CallerDisconnectsWhileAnotherWaits_Continues()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var (code, taken, mayFinish) = AddPatient();
        var user = GatewayFixture.NewUser();
        var executions = fixture.Gateway.Services.GetRequiredService<ExecutionService>();
        var executing = executions.ExecuteAsync(new ExecutionRequest { UserId = user, Code = code }, WaitingCaller.Any, caller.Token);
        var executionId = await taken.WaitAsync(Token);

        var waiting = executions.WaitAsync(user, executionId, 60, includeData: false, context: null, Token);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(executing);
        mayFinish.SetResult();

        (await waiting).Result!.Result.Output.Text.ShouldBe("patient");
        fixture.Gateway.Runner.Cancelled.ShouldNotContain(executionId);
    }

    private (string Code, Task<string> Taken, TaskCompletionSource MayFinish) AddPatient()
    {
        var taken = new TaskCompletionSource<string>();
        var mayFinish = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            taken.SetResult(context.Message.ExecutionId);
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("patient"));
        });
        return (code, taken.Task, mayFinish);
    }

    private async Task<(string User, Execution.V1.ExecutionResult Result)> ExecuteAsync(string code)
    {
        var user = GatewayFixture.NewUser();
        var result = await fixture.Gateway.Executions.ExecuteAsync(
            new ExecuteRequest { UserId = user, Code = code },
            cancellationToken: Token
        );
        return (user, result);
    }

    private async Task<Execution.V1.Execution> GetAsync(string user, string executionId) =>
        await fixture.Gateway.Executions.GetAsync(
            new GetExecutionRequest { UserId = user, ExecutionId = executionId },
            cancellationToken: Token
        );
}
