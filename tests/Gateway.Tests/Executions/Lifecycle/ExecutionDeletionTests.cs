using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class ExecutionDeletionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionStore _store;
    private readonly SqliteExecutionLog _log;
    private readonly SilentRunners _runners = new();
    private readonly ExecutionDeletion _deletion;

    public ExecutionDeletionTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        (_store, _log) = (new(_database), new(_database));
        var parts = new LifecycleParts(_store, _time);
        var cancellation = new ExecutionCancellation(
            parts.Reader,
            _runners,
            parts.Finisher,
            parts.Subscriptions,
            _time,
            NullLogger<ExecutionCancellation>.Instance
        );
        _deletion = new(parts.Reader, cancellation, _store, _log, parts.LostExecutions, parts.Finisher, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task CancelAll_ALostExecution_EndsItWithoutARunner()
    {
        await AddAsync("a");
        _time.Advance(TimeSpan.FromHours(1));

        await _deletion.CancelAllAsync("u", _time.GetUtcNow(), Token);

        (await _store.FindAsync("u", "a", Token)).ShouldNotBeNull().Status.ShouldBe(ExecutionStatus.Finished);
        _runners.Cancelled.ShouldBeEmpty();
        (await _deletion.DeleteAllAsync("u", Token)).ShouldBe((1, null));
    }

    [Fact]
    public async Task Delete_ALostExecution_DeletesIt()
    {
        await AddAsync("a");
        await Should.ThrowAsync<GatewayException>(_deletion.DeleteAsync("u", "a", Token));
        _time.Advance(TimeSpan.FromHours(1));

        await _deletion.DeleteAsync("u", "a", Token);

        (await _store.FindAsync("u", "a", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task DeleteAll_OneHasNotFinished_KeepsItsEventsAlone()
    {
        await AddAsync("done");
        await AddAsync("running");
        var finished = new ExecutionFinished
        {
            ExecutionId = "done",
            UserId = "u",
            RunnerId = "r",
            FinishedAt = _time.GetUtcNow(),
            Result = RunnerScript.Succeeded("1"),
        };
        await _store.MarkFinishedAsync(finished, judgedAt: null, Token);

        (await _deletion.DeleteAllAsync("u", Token)).ShouldBe((1, "running"));

        (await _log.ReadAsync("u", "done", 0, 10, Token)).ShouldBeEmpty();
        (await _log.ReadAsync("u", "running", 0, 10, Token)).ShouldHaveSingleItem();
    }

    private async Task AddAsync(string executionId)
    {
        var execution = new ExecutionRecord
        {
            ExecutionId = executionId,
            UserId = "u",
            AcceptedAt = _time.GetUtcNow(),
            Deadline = _time.GetUtcNow().AddMinutes(1),
            Live = true,
        };
        await _store.AddAsync(execution, Token);
        var entry = new LogEntry
        {
            ExecutionId = executionId,
            UserId = "u",
            Sequence = 2,
            Text = "1",
        };
        await _log.AppendAsync(entry, _time.GetUtcNow(), Token);
    }

    private sealed class SilentRunners : IExecutionQueue
    {
        public List<string> Cancelled { get; } = [];

        public Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken)
        {
            lock (Cancelled)
                Cancelled.Add(command.ExecutionId);
            return Task.CompletedTask;
        }

        public Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
