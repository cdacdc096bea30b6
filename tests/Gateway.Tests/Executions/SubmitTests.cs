using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Google.Rpc;
using Grpc.Core;
using Status = CodeInterpreter.Execution.V1.ExecutionStatus;

namespace CodeInterpreter.Gateway.Tests.Executions;

/// <summary>Executions that are asked for by their ids.</summary>
public sealed class SubmitTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_ThenWait_HasTheResult()
    {
        var mayFinish = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("1"));
        });

        var submitted = await SubmitAsync(code);
        submitted.Status.ShouldBe(Status.Queued);
        var early = await WaitAsync(submitted.ExecutionId, seconds: 0.01);
        mayFinish.SetResult();
        var finished = await WaitAsync(submitted.ExecutionId, seconds: 60);

        early.Status.ShouldBe(Status.Queued);
        finished.Result.Output.ShouldBe("1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(301)]
    [InlineData(double.NaN)]
    public async Task Wait_InvalidTimeout_IsRefused(double seconds)
    {
        var exception = await Should.ThrowAsync<RpcException>(() => WaitAsync("a", seconds));

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task List_OwnExecutions_AreNewestFirstInPages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await SubmitAsync("print(1)")).ExecutionId);
        }

        var first = await ListAsync(new() { UserId = _user, PageSize = 3 });
        var second = await ListAsync(
            new()
            {
                UserId = _user,
                PageSize = 3,
                PageToken = first.NextPageToken,
            }
        );
        var foreign = await ListAsync(new() { UserId = GatewayFixture.NewUser() });

        first.Executions.Concat(second.Executions).Select(execution => execution.ExecutionId).ShouldBe(ids);
        second.NextPageToken.ShouldBeEmpty();
        first.Executions.ShouldAllBe(execution => execution.Result == null);
        foreign.Executions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(1001, "")]
    [InlineData(0, "nonsense")]
    public async Task List_InvalidPage_IsRefused(int pageSize, string pageToken)
    {
        var exception = await Should.ThrowAsync<RpcException>(() =>
            ListAsync(
                new()
                {
                    UserId = _user,
                    PageSize = pageSize,
                    PageToken = pageToken,
                }
            )
        );

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Cancel_QueuedExecution_IsFinishedAtOnceAndSentToTheRunners()
    {
        var code = fixture.Gateway.Runner.Add(_ => Task.CompletedTask);
        var submitted = await SubmitAsync(code);

        await CancelAsync(submitted.ExecutionId);

        var execution = await GetAsync(submitted.ExecutionId);
        execution.Result.Outcome.ShouldBe(Outcome.Cancelled);
        execution.Result.KilledBy.ShouldBe(KilledBy.Cancellation);
        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(submitted.ExecutionId));
    }

    [Fact]
    public async Task Cancel_RunningExecution_IsLeftToItsRunner()
    {
        var code = fixture.Gateway.Runner.Add(RunnerScript.StartAsync);
        var submitted = await SubmitAsync(code);
        await Eventually.TrueAsync(async () => (await GetAsync(submitted.ExecutionId)).Status == Status.Running);

        await CancelAsync(submitted.ExecutionId);

        (await GetAsync(submitted.ExecutionId)).Status.ShouldBe(Status.Running);
        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(submitted.ExecutionId));
    }

    [Fact]
    public async Task Cancel_RunnerMissedIt_IsSentAgainAtTheStart()
    {
        var mayStart = new TaskCompletionSource();
        var code = fixture.Gateway.Runner.Add(async context =>
        {
            await mayStart.Task;
            fixture.Gateway.Runner.Cancelled.Clear();
            await RunnerScript.StartAsync(context);
        });
        var submitted = await SubmitAsync(code);
        await CancelAsync(submitted.ExecutionId);
        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(submitted.ExecutionId));

        mayStart.SetResult();

        await Eventually.TrueAsync(() => fixture.Gateway.Runner.Cancelled.Contains(submitted.ExecutionId));
        (await GetAsync(submitted.ExecutionId)).Result.Outcome.ShouldBe(Outcome.Cancelled);
    }

    [Fact]
    public async Task Cancel_FinishedExecution_ChangesNothing()
    {
        var submitted = await SubmitAsync("print(1)");
        await WaitAsync(submitted.ExecutionId, seconds: 60);

        await CancelAsync(submitted.ExecutionId);

        (await GetAsync(submitted.ExecutionId)).Result.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task Cancel_AnotherUsersExecution_IsNotFound()
    {
        var submitted = await SubmitAsync("print(1)");

        var exception = await Should.ThrowAsync<RpcException>(async () =>
            await fixture.Gateway.Executions.CancelAsync(
                new CancelExecutionRequest { UserId = GatewayFixture.NewUser(), ExecutionId = submitted.ExecutionId }
            )
        );

        exception.StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Submit_SameKeyAndRequest_IsTheSameExecution()
    {
        var runs = 0;
        var code = fixture.Gateway.Runner.Add(context =>
        {
            Interlocked.Increment(ref runs);
            return RunnerScript.FinishAsync(context, RunnerScript.Succeeded("1"));
        });
        var request = new ExecuteRequest
        {
            UserId = _user,
            Code = code,
            IdempotencyKey = "key-1",
            Environment = { ["A"] = "1", ["B"] = "2" },
        };

        var first = await fixture.Gateway.Executions.SubmitAsync(request, cancellationToken: Token);
        var again = await fixture.Gateway.Executions.SubmitAsync(request.Clone(), cancellationToken: Token);
        await WaitAsync(first.ExecutionId, seconds: 60);
        var later = await fixture.Gateway.Executions.SubmitAsync(request, cancellationToken: Token);

        again.ExecutionId.ShouldBe(first.ExecutionId);
        later.Result.Output.ShouldBe("1");
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_SameKeyManyTimesAtOnce_RunsOnceAndAnswersAll()
    {
        var runs = 0;
        var code = fixture.Gateway.Runner.Add(context =>
        {
            Interlocked.Increment(ref runs);
            return RunnerScript.FinishAsync(context, RunnerScript.Succeeded("1"));
        });
        var request = new ExecuteRequest
        {
            UserId = _user,
            Code = code,
            IdempotencyKey = "key-2",
        };

        var results = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => fixture.Gateway.Executions.ExecuteAsync(request, cancellationToken: Token).ResponseAsync)
        );

        results.Select(result => (result.ExecutionId, result.Output)).Distinct().ShouldHaveSingleItem().Output.ShouldBe("1");
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_SameKeyAndAnotherRequest_IsRefused()
    {
        var request = new ExecuteRequest
        {
            UserId = _user,
            Code = "print(1)",
            IdempotencyKey = "key-3",
        };
        var first = await fixture.Gateway.Executions.SubmitAsync(request, cancellationToken: Token);

        foreach (var other in (ExecuteRequest[])[new(request) { Code = "print(2)" }, new(request) { Echo = true }])
        {
            var exception = await Should.ThrowAsync<RpcException>(async () => await fixture.Gateway.Executions.SubmitAsync(other));
            exception.StatusCode.ShouldBe(StatusCode.AlreadyExists);
            var info = exception.GetRpcStatus()?.GetDetail<ErrorInfo>().ShouldNotBeNull();
            (info!.Reason, info.Metadata["execution_id"]).ShouldBe(("IDEMPOTENCY_KEY_TAKEN", first.ExecutionId));
        }

        var foreign = await fixture.Gateway.Executions.SubmitAsync(
            new(request) { UserId = GatewayFixture.NewUser(), Code = "print(3)" },
            cancellationToken: Token
        );
        foreign.ExecutionId.ShouldNotBeEmpty();
    }

    private async Task<Execution.V1.Execution> SubmitAsync(string code) =>
        await fixture.Gateway.Executions.SubmitAsync(new ExecuteRequest { UserId = _user, Code = code }, cancellationToken: Token);

    private async Task<Execution.V1.Execution> GetAsync(string executionId) =>
        await fixture.Gateway.Executions.GetAsync(
            new GetExecutionRequest { UserId = _user, ExecutionId = executionId },
            cancellationToken: Token
        );

    private async Task<Execution.V1.Execution> WaitAsync(string executionId, double seconds) =>
        await fixture.Gateway.Executions.WaitAsync(
            new WaitForExecutionRequest
            {
                UserId = _user,
                ExecutionId = executionId,
                TimeoutSeconds = seconds,
            },
            cancellationToken: Token
        );

    private async Task<ListExecutionsResponse> ListAsync(ListExecutionsRequest request) =>
        await fixture.Gateway.Executions.ListAsync(request, cancellationToken: Token);

    private async Task CancelAsync(string executionId) =>
        await fixture.Gateway.Executions.CancelAsync(
            new CancelExecutionRequest { UserId = _user, ExecutionId = executionId },
            cancellationToken: Token
        );
}
