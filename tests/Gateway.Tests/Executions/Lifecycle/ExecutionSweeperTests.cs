using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class ExecutionSweeperTests
{
    [Fact]
    public async Task Sweep_AfterTheRetention_DeletesTheExecution()
    {
        var token = TestContext.Current.CancellationToken;
        var options = new ExecutionOptions();
        var time = new FakeTimeProvider();
        using var directory = new TestDirectory();
        using var database = new SqliteGatewayDatabase(
            Options.Create(new GatewayOptions { DataDirectory = directory.Path }),
            TimeProvider.System
        );
        var store = new SqliteExecutionStore(database);
        using var sweeper = new ExecutionSweeper(
            store,
            new SqliteExecutionLog(database),
            Lost(store, time),
            Options.Create(options),
            time,
            NullLogger<ExecutionSweeper>.Instance
        );
        await store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = "a",
                UserId = "u",
                AcceptedAt = time.GetUtcNow(),
            },
            token
        );

        // As long as the files of one that took all the time there is.
        time.Advance(options.Retention + options.LongestExecution);
        await sweeper.SweepAsync(token);
        (await store.FindAsync("u", "a", token)).ShouldNotBeNull();

        time.Advance(TimeSpan.FromMilliseconds(1));
        await sweeper.SweepAsync(token);
        (await store.FindAsync("u", "a", token)).ShouldBeNull();
    }

    [Fact]
    public async Task Sweep_DatabaseUnavailableAtTheStart_IsRetriedSoon()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        using var directory = new TestDirectory();
        var inTheWay = Path.Combine(directory.Path, "executions");
        await File.WriteAllTextAsync(inTheWay, "", token);
        using var database = new SqliteGatewayDatabase(
            Options.Create(new GatewayOptions { DataDirectory = inTheWay }),
            TimeProvider.System
        );
        var store = new SqliteExecutionStore(database);
        await Should.ThrowAsync<GatewayException>(() => store.CheckAsync(token));
        var log = new FakeLogger<ExecutionSweeper>();
        using var sweeper = new ExecutionSweeper(
            store,
            new SqliteExecutionLog(database),
            Lost(store, time),
            Options.Create(new ExecutionOptions()),
            time,
            log
        );
        await sweeper.StartAsync(token);
        await Eventually.TrueAsync(() => log.Collector.Count > 0);

        File.Delete(inTheWay);
        await store.AddAsync(
            new ExecutionRecord
            {
                ExecutionId = "a",
                UserId = "u",
                AcceptedAt = DateTimeOffset.UnixEpoch,
            },
            token
        );
        var back = time.GetUtcNow();
        await Eventually.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return await store.FindAsync("u", "a", token) is null;
        });

        (time.GetUtcNow() - back).ShouldBeLessThan(TimeSpan.FromMinutes(30));
        await sweeper.StopAsync(token);
    }

    [Fact]
    public async Task Sweep_UnexpectedFailure_IsRetried()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        using var directory = new TestDirectory();
        using var database = new SqliteGatewayDatabase(
            Options.Create(new GatewayOptions { DataDirectory = directory.Path }),
            TimeProvider.System
        );
        var store = new SqliteExecutionStore(database);
        var log = new FaultyLog();
        using var sweeper = new ExecutionSweeper(
            store,
            log,
            Lost(store, time),
            Options.Create(new ExecutionOptions()),
            time,
            NullLogger<ExecutionSweeper>.Instance
        );

        await sweeper.StartAsync(token);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return log.Sweeps > 1;
        });

        sweeper.ExecuteTask.ShouldNotBeNull().IsCompleted.ShouldBeFalse();
        await sweeper.StopAsync(token);
    }

    private static LostExecutionSweep Lost(IExecutionStore store, TimeProvider time) => new LifecycleParts(store, time).Sweep;

    private sealed class FaultyLog : IExecutionLog
    {
        private int _sweeps;

        public int Sweeps => Volatile.Read(ref _sweeps);

        public Task AppendAsync(LogEntry entry, DateTimeOffset now, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<LogEntry>> ReadAsync(
            string userId,
            string executionId,
            long after,
            int count,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<LogEntry>>([]);

        public Task DeleteAsync(string userId, string executionId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DeleteAsync(string userId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DeleteBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _sweeps);
            throw new NotSupportedException("unforeseen");
        }
    }
}
