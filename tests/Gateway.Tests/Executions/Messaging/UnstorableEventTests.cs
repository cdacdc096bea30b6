using CodeInterpreter.Contracts;
using CodeInterpreter.Execution.V1;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Microsoft.Extensions.DependencyInjection;
using ExecutionUsage = CodeInterpreter.Gateway.Executions.Records.ExecutionUsage;
using Outcome = CodeInterpreter.Execution.V1.Outcome;

namespace CodeInterpreter.Gateway.Tests.Executions.Messaging;

/// <summary>Events that the database does not take however often it is asked: no other event waits for them.</summary>
public sealed class UnstorableEventTests : IAsyncLifetime
{
    private const string Unstorable = "larger than a document may be";
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?>(),
            TimeProvider.System,
            replace: services =>
            {
                services.AddSingleton<SqliteExecutionStore>();
                services.AddSingleton<SqliteExecutionLog>();
                services.AddSingleton<IExecutionStore, SmallExecutionStore>();
                services.AddSingleton<IExecutionLog, SmallExecutionLog>();
            }
        );

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task UnstorableResult_IsReturnedAndItsOutcomeIsStored()
    {
        var code = _gateway.Runner.AddResult(RunnerScript.Succeeded(Unstorable));

        var answer = await _gateway.Executions.ExecuteAsync(new ExecuteRequest { UserId = "u", Code = code }, cancellationToken: Token);

        answer.Output.ShouldBe(Unstorable);
        var key = new GetExecutionRequest { UserId = "u", ExecutionId = answer.ExecutionId };
        Execution.V1.Execution stored = null!;
        await Eventually.TrueAsync(async () =>
            (stored = await _gateway.Executions.GetAsync(key, cancellationToken: Token)).Result?.Message.Length > 0
        );
        (stored.Result.Outcome, stored.Result.ReturnCode, stored.Result.Output).ShouldBe((Outcome.Succeeded, 0, ""));
        stored.Result.Message.ShouldContain("could not be stored");
    }

    [Fact]
    public async Task UnstorableEvent_IsRecordedWithoutItsContentAndTheNextAreStored()
    {
        var code = _gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            await RunnerScript.PrintAsync(context, 3, Unstorable, reply: false);
            await RunnerScript.PrintAsync(context, 4, "small", reply: false);
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded("small"), sequence: 5);
        });

        var submitted = await _gateway.Executions.SubmitAsync(new ExecuteRequest { UserId = "u", Code = code }, cancellationToken: Token);

        await Eventually.TrueAsync(() => !_gateway.Runner.Failed.IsEmpty);
        var failed = _gateway.Runner.Failed.ShouldHaveSingleItem();
        (failed.FailedIn, failed.ExecutionId, failed.Reason).ShouldBe(("execution-events", submitted.ExecutionId, nameof(FormatException)));
        failed.ToString().ShouldNotContain(Unstorable);
        var log = _gateway.Services.GetRequiredService<IExecutionLog>();
        await Eventually.TrueAsync(async () =>
            (await log.ReadAsync("u", submitted.ExecutionId, 0, 10, Token)).Any(entry => entry.Text == "small")
        );
    }

    private sealed class SmallExecutionLog(SqliteExecutionLog log) : IExecutionLog
    {
        public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) =>
            entry.Text == Unstorable ? throw new FormatException(Unstorable) : log.AppendAsync(entry, now, cancellationToken);

        public Task<IReadOnlyList<LogEntry>> ReadAsync(
            string userId,
            string executionId,
            long after,
            int count,
            CancellationToken cancellationToken
        ) => log.ReadAsync(userId, executionId, after, count, cancellationToken);

        public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) =>
            log.DeleteAsync(userId, executionId, cancellationToken);

        public Task DeleteAsync(string userId, CancellationToken cancellationToken) => log.DeleteAsync(userId, cancellationToken);

        public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
            log.DeleteBeforeAsync(moment, cancellationToken);
    }

    private sealed class SmallExecutionStore(SqliteExecutionStore store) : IExecutionStore
    {
        public Task<ExecutionRecord> AddAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
            store.AddAsync(execution, cancellationToken);

        public Task RemoveQueuedAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
            store.RemoveQueuedAsync(execution, cancellationToken);

        public Task<bool> MarkStartedAsync(ExecutionStarted started, CancellationToken cancellationToken) =>
            store.MarkStartedAsync(started, cancellationToken);

        public Task MarkFinishedAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken) =>
            finished.Result.Output.Text == Unstorable
                ? throw new FormatException(Unstorable)
                : store.MarkFinishedAsync(finished, judgedAt, cancellationToken);

        public Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken) =>
            store.FindAsync(userId, executionId, cancellationToken);

        public Task<ExecutionUsage> MeasureAsync(string userId, CancellationToken cancellationToken) =>
            store.MeasureAsync(userId, cancellationToken);

        public Task<bool> RemoveFinishedAsync(string userId, string executionId, CancellationToken cancellationToken) =>
            store.RemoveFinishedAsync(userId, executionId, cancellationToken);

        public Task<long> RemoveFinishedAsync(string userId, CancellationToken cancellationToken) =>
            store.RemoveFinishedAsync(userId, cancellationToken);

        public Task<IReadOnlyList<ExecutionRecord>> ListAsync(
            string userId,
            ExecutionPosition? after,
            int count,
            CancellationToken cancellationToken
        ) => store.ListAsync(userId, after, count, cancellationToken);

        public Task<int> CountQueuedAsync(string userId, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken) =>
            store.CountQueuedAsync(userId, from, before, cancellationToken);

        public Task<int> CountActiveOfUserAsync(string userId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
            store.CountActiveOfUserAsync(userId, acceptedAt, cancellationToken);

        public Task<int> CountActiveOfCallerAsync(string callerId, DateTimeOffset acceptedAt, CancellationToken cancellationToken) =>
            store.CountActiveOfCallerAsync(callerId, acceptedAt, cancellationToken);

        public Task<IReadOnlyList<ExecutionRecord>> ListUnfinishedAsync(
            ExecutionPosition after,
            DateTimeOffset before,
            int count,
            CancellationToken cancellationToken
        ) => store.ListUnfinishedAsync(after, before, count, cancellationToken);

        public Task<int> DeleteAcceptedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
            store.DeleteAcceptedBeforeAsync(moment, cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);
    }
}
