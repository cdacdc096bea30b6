using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ExecutionStatus = CodeInterpreter.Gateway.Executions.Records.ExecutionStatus;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class QueueTimeoutsTests : IDisposable
{
    private static readonly TimeSpan QueueTimeout = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000));
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionStore _store;
    private readonly ActiveExecutions _pending;
    private readonly Subscriptions _waiting = new();
    private readonly RecordingQueue _queue = new();
    private readonly QueueTimeouts _timeouts;

    public QueueTimeoutsTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _store = new(_database);
        _pending = new(_time);
        _timeouts = Create();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _timeouts.Dispose();
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task Check_NotStarted_IsWithdrawnAndThenAnswered()
    {
        var execution = await AcceptAsync("a");
        using var caller = _waiting.Add("a");
        await CheckAfterAsync(QueueTimeout - TimeSpan.FromMilliseconds(1));
        _queue.Cancelled.ShouldBeEmpty();

        await CheckAfterAsync(TimeSpan.FromMilliseconds(1));
        var withdrawn = _queue.Cancelled.ShouldHaveSingleItem();
        await CheckAfterAsync(QueueTimeouts.StartGrace);

        (withdrawn.ExecutionId, withdrawn.UserId, withdrawn.UnlessStarted).ShouldBe(("a", "u", true));
        var result = (await caller.Finished).Result;
        (result.Outcome, result.StartedAt).ShouldBe((Outcome.TimedOut, null));
        (await FindAsync("a")).Result!.Outcome.ShouldBe(Outcome.TimedOut);
        (await FindAsync("a")).FinishedAt.ShouldBe(execution.AcceptedAt + QueueTimeout + QueueTimeouts.StartGrace);
        _pending.CountOf("u").ShouldBe(0);
    }

    [Fact]
    public async Task Check_Started_Continues()
    {
        await AcceptAsync("told");
        await AcceptAsync("stored");
        _pending.MarkStarted("told");
        await _store.MarkStartedAsync(Started("stored"), Token);

        await CheckAfterAsync(QueueTimeout);
        await CheckAfterAsync(QueueTimeouts.StartGrace);

        _queue.Cancelled.ShouldBeEmpty();
        (await FindAsync("stored")).Status.ShouldBe(ExecutionStatus.Running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_JustStartedByARunner_Continues(bool isStored)
    {
        await AcceptAsync("a");
        await CheckAfterAsync(QueueTimeout);
        if (isStored)
            await _store.MarkStartedAsync(Started("a"), Token);
        else
            _pending.MarkStarted("a");

        await CheckAfterAsync(QueueTimeouts.StartGrace);

        (await FindAsync("a")).Status.ShouldNotBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task Check_BusUnavailable_IsRetried()
    {
        await AcceptAsync("a");
        _queue.IsAway = true;
        await CheckAfterAsync(QueueTimeout);
        await CheckAfterAsync(QueueTimeouts.StartGrace);
        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Queued);

        _queue.IsAway = false;
        await CheckAfterAsync(QueueTimeouts.Interval);
        await CheckAfterAsync(QueueTimeouts.StartGrace);

        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task Check_AcceptingReplicaLost_AnotherReplicaAnswers()
    {
        await AcceptAsync("a");
        for (var i = 0; i < 600; i++)
            await AddAsync($"running{i}");
        for (var i = 0; i < 600; i++)
            await _store.MarkStartedAsync(Started($"running{i}"), Token);
        await AddAsync("last");
        using var other = Create();

        await CheckAfterAsync(QueueTimeout + QueueTimeouts.SweepInterval + TimeSpan.FromMilliseconds(1), other);
        await CheckAfterAsync(QueueTimeouts.StartGrace, other);

        (await FindAsync("a")).Result!.Outcome.ShouldBe(Outcome.TimedOut);
        (await FindAsync("last")).Result!.Outcome.ShouldBe(Outcome.TimedOut);
        (await FindAsync("running7")).Status.ShouldBe(ExecutionStatus.Running);
    }

    private static ExecutionStarted Started(string executionId) =>
        new()
        {
            ExecutionId = executionId,
            UserId = "u",
            RunnerId = "r",
            StartedAt = default,
        };

    private QueueTimeouts Create()
    {
        var parts = new LifecycleParts(_store, _time, _waiting, _pending);
        return new QueueTimeouts(
            _store,
            _queue,
            parts.Reader,
            parts.Finisher,
            _pending,
            Options.Create(new ExecutionOptions { QueueTimeout = QueueTimeout }),
            _time,
            NullLogger<QueueTimeouts>.Instance
        );
    }

    private async Task<ExecutionRecord> AcceptAsync(string executionId)
    {
        var execution = await AddAsync(executionId);
        _pending.TryAdd(executionId, execution.Deadline, ActiveExecutions.Limit.OfUser("u", 0)).ShouldBeNull();
        _timeouts.Watch(execution);
        return execution;
    }

    private Task<ExecutionRecord> AddAsync(string executionId) =>
        _store.AddAsync(
            new()
            {
                ExecutionId = executionId,
                UserId = "u",
                AcceptedAt = _time.GetUtcNow(),
                Deadline = _time.GetUtcNow().AddMinutes(10),
            },
            Token
        );

    private Task CheckAfterAsync(TimeSpan pause, QueueTimeouts? timeouts = null)
    {
        _time.Advance(pause);
        return (timeouts ?? _timeouts).CheckAsync(Token);
    }

    private async Task<ExecutionRecord> FindAsync(string executionId) =>
        (await _store.FindAsync("u", executionId, Token)).ShouldNotBeNull();

    private sealed class RecordingQueue : IExecutionQueue
    {
        public bool IsAway { get; set; }

        public ConcurrentQueue<CancelExecution> Cancelled { get; } = new();

        public Task EnqueueAsync(ExecuteCode command, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(CancelExecution command, CancellationToken cancellationToken)
        {
            if (IsAway)
                throw new GatewayException(GatewayErrorKind.Unavailable, "away");
            Cancelled.Enqueue(command);
            return Task.CompletedTask;
        }

        public Task SendInputAsync(Uri address, ExecutionInput input, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
