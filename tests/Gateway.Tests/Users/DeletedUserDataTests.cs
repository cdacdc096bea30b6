using System.Text;
using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Files.V1;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.Gateway.Tests.Http;
using CodeInterpreter.TestServers;
using CodeInterpreter.Users.V1;
using Grpc.Core;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Outcome = CodeInterpreter.Contracts.Outcome;

namespace CodeInterpreter.Gateway.Tests.Users;

/// <summary>Everything that a user has is deleted, and nothing of others.</summary>
public sealed class DeletedUserDataTests(GatewayFixture fixture)
{
    private readonly string _user = GatewayFixture.NewUser();
    private readonly string _other = GatewayFixture.NewUser();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task OverHttp_DeletesExecutionsFilesAndEvents_OfThatUserAlone()
    {
        foreach (var user in new[] { _user, _other })
        {
            await Gateway.Http.UploadAsync(user, "a.txt", Encoding.UTF8.GetBytes("a"));
            await Gateway.Http.UploadAsync(user, "b.txt", Encoding.UTF8.GetBytes("b"));
            await Gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = user, Code = "1" }, cancellationToken: Token);
        }

        using var response = await Gateway.Http.DeleteAsync($"/v1/users/{_user}", Token);

        (await response.ReadJsonAsync()).ToJsonString().ShouldBe("""{"executions":1,"files":2}""");
        (await HoldsAsync(_user)).ShouldBe((0, 0));
        (await HoldsAsync(_other)).ShouldBe((1, 2));
    }

    [Fact]
    public async Task OverGrpc_CancelsARunningExecutionFirst()
    {
        await using var fileStore = await FileStoreHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(fileStore.Address);
        var started = new TaskCompletionSource<ExecutionFinished>();
        var code = gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            started.SetResult(RunnerScript.Finished(context, RunnerScript.Succeeded("") with { Outcome = Outcome.Cancelled }));
        });
        var request = new ExecuteRequest { UserId = _user, Code = code };
        await gateway.Executions.SubmitAsync(request, cancellationToken: Token);
        var finished = await started.Task;

        var deleting = DeleteAsync(_user, gateway);
        await Eventually.TrueAsync(() => gateway.Runner.Cancelled.Contains(finished.ExecutionId));
        deleting.IsCompleted.ShouldBeFalse("it waits until the execution has stopped");
        await gateway.Services.GetRequiredService<IBus>().Publish(finished with { Sequence = 3 }, Token);

        (await deleting).Executions.ShouldBe(1);
        (await HoldsAsync(_user, gateway)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task OverGrpc_DeletesWhatEndsDuringTheCall_Too()
    {
        var log = new HookedLog();
        await using var fileStore = await FileStoreHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?> { ["Gateway:FileStoreAddress"] = fileStore.Address.ToString() },
            TimeProvider.System,
            replace: services => services.AddSingleton<IExecutionLog>(log)
        );
        var request = new ExecuteRequest { UserId = _user, Code = "1" };
        await gateway.Executions.ExecuteAsync(request, cancellationToken: Token);
        log.OnFirstDeletion = async () => await gateway.Executions.ExecuteAsync(request, cancellationToken: Token);

        (await DeleteAsync(_user, gateway)).Executions.ShouldBe(2);

        (await HoldsAsync(_user, gateway)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task OfAUserWithoutData_AndAgain_DeletesNothing()
    {
        (await DeleteAsync(_user)).ShouldBe(new DeleteUserDataResponse());
        (await DeleteAsync(_user)).ShouldBe(new DeleteUserDataResponse());
    }

    [Fact]
    public async Task OfANameThatIsNone_IsRefused()
    {
        using var response = await Gateway.Http.DeleteAsync("/v1/users/a.b", Token);

        await response.ShouldRefuseAsync("user_id");
        (await Should.ThrowAsync<RpcException>(() => DeleteAsync(""))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    private async Task<DeleteUserDataResponse> DeleteAsync(string user, GatewayHost? gateway = null) =>
        await new UserService.UserServiceClient((gateway ?? Gateway).Channel).DeleteDataAsync(
            new DeleteUserDataRequest { UserId = user },
            cancellationToken: Token
        );

    private async Task<(long Executions, long Files)> HoldsAsync(string user, GatewayHost? gateway = null)
    {
        gateway ??= Gateway;
        var executions = await gateway.Executions.UsageAsync(new ExecutionUsageRequest { UserId = user }, cancellationToken: Token);
        var files = await gateway.Files.UsageAsync(new FileUsageRequest { UserId = user }, cancellationToken: Token);
        return (executions.Executions, files.Files);
    }

    /// <summary>A log without entries.</summary>
    private sealed class HookedLog : IExecutionLog
    {
        private int _deletions;

        public Func<Task>? OnFirstDeletion { get; set; }

        public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<LogEntry>> ReadAsync(
            string userId,
            string executionId,
            long after,
            int count,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<LogEntry>>([]);

        public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DeleteAsync(string userId, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _deletions) == 1 ? OnFirstDeletion!() : Task.CompletedTask;

        public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
