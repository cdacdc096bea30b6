using System.Text.Json;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Databases;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using CodeInterpreter.Gateway.Executions.Storage;
using CodeInterpreter.Gateway.Settings;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class LostExecutionsTests : IDisposable
{
    private static readonly TimeSpan LongAfter = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TestDirectory _directory = new();
    private readonly SqliteGatewayDatabase _database;
    private readonly SqliteExecutionStore _store;
    private readonly LifecycleParts _parts;

    public LostExecutionsTests()
    {
        _database = new(Options.Create(new GatewayOptions { DataDirectory = _directory.Path }), TimeProvider.System);
        _store = new(_database);
        _parts = Begin();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _directory.Dispose();
    }

    [Fact]
    public async Task Find_WhileAResultMayArrive_IsUnchanged()
    {
        var execution = await AddAsync("a");

        _time.Advance(execution.LostAt - _time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        (await FindAsync("a")).Status.ShouldBe(ExecutionStatus.Queued);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var found = await FindAsync("a");

        found.Status.ShouldBe(ExecutionStatus.Finished);
        found.Result!.Outcome.ShouldBe(Outcome.RunnerLost);
        found.FinishedAt.ShouldBe(found.LostAt);
        (await _store.FindAsync("u", "a", Token))!.Result.ShouldBeNull("Reading stores nothing.");
        await _parts.Sweep.RunAsync(Token);
        ToJson(await _store.FindAsync("u", "a", Token)).ShouldBe(ToJson(found));
    }

    [Fact]
    public async Task Finish_ResultAfterItCountedAsLost_ChangesNothing()
    {
        await AddAsync("a");
        _time.Advance(LongAfter);
        var found = await FindAsync("a");

        await _parts.Finisher.FinishAsync(Succeeded("a"), Token);

        ToJson(await FindAsync("a")).ShouldBe(ToJson(found));
        await _parts.Sweep.RunAsync(Token);
        ToJson(await _store.FindAsync("u", "a", Token)).ShouldBe(ToJson(found));
    }

    [Fact]
    public async Task Finish_ResultDelayedOnTheBus_IsStoredUnlessItCountsAsLost()
    {
        await AddAsync("a");
        _time.Advance(LongAfter);
        var started = Begin();

        await started.Finisher.FinishAsync(Succeeded("a"), Token);

        (await FindAsync("a")).Result!.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task Find_ResultInTime_StaysLongAfter()
    {
        await AddAsync("a");
        await _store.MarkFinishedAsync(Succeeded("a"), judgedAt: null, Token);

        _time.Advance(LongAfter);

        (await FindAsync("a")).Result!.Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task Find_GatewayJustStarted_WaitsForDelayedResults()
    {
        await AddAsync("a");
        _time.Advance(LongAfter);
        var started = Begin();

        (await started.Reader.FindAsync("u", "a", Token))!.Status.ShouldBe(ExecutionStatus.Queued);
        _time.Advance(TimeSpan.FromMinutes(1));

        (await started.Reader.FindAsync("u", "a", Token))!.Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task Find_DatabaseJustBack_WaitsForDelayedResults()
    {
        var path = Path.Combine(_directory.Path, "later");
        await File.WriteAllTextAsync(path, "in the way", Token);
        using var database = new SqliteGatewayDatabase(Options.Create(new GatewayOptions { DataDirectory = path }), TimeProvider.System);
        var store = new SqliteExecutionStore(database);
        var later = Begin(store);
        _time.Advance(LongAfter);
        await Should.ThrowAsync<GatewayException>(() => later.Reader.FindAsync("u", "a", Token));

        File.Delete(path);
        await store.AddAsync(
            new()
            {
                ExecutionId = "a",
                UserId = "u",
                AcceptedAt = _time.GetUtcNow() - LongAfter,
            },
            Token
        );
        (await later.Reader.FindAsync("u", "a", Token))!.Status.ShouldBe(ExecutionStatus.Queued);
        _time.Advance(TimeSpan.FromMinutes(1));

        (await later.Reader.FindAsync("u", "a", Token))!.Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task Sweep_LostExecutions_AreFinishedAndNoOthers()
    {
        for (var i = 0; i < 1200; i++)
        {
            await AddAsync($"{i}");
        }

        await AddAsync("long", TimeSpan.FromHours(2));
        await AddAsync("finished");
        await _store.MarkFinishedAsync(Succeeded("finished"), judgedAt: null, Token);
        _time.Advance(LongAfter);
        await AddAsync("new");

        await _parts.Sweep.RunAsync(Token);

        var unfinished = await _store.ListUnfinishedAsync(new(DateTimeOffset.UnixEpoch, ""), _time.GetUtcNow() + LongAfter, 10, Token);
        unfinished.Select(execution => execution.ExecutionId).ShouldBe(["long", "new"]);
        (await FindAsync("finished")).Result!.Outcome.ShouldBe(Outcome.Succeeded);

        _time.Advance(TimeSpan.FromDays(1));
        await _parts.Sweep.RunAsync(Token);
        (await FindAsync("long")).Status.ShouldBe(ExecutionStatus.Finished);
        (await FindAsync("new")).Status.ShouldBe(ExecutionStatus.Finished);
    }

    [Fact]
    public async Task Sweep_FullPageNotLostYet_ContinuesWithTheNextPage()
    {
        for (var i = 0; i < 600; i++)
        {
            await AddAsync($"{i}", TimeSpan.FromHours(2));
        }

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await AddAsync("lost");
        _time.Advance(LongAfter);

        await _parts.Sweep.RunAsync(Token);

        (await _store.FindAsync("u", "lost", Token))!.Status.ShouldBe(ExecutionStatus.Finished);
        (await _store.FindAsync("u", "599", Token))!.Status.ShouldBe(ExecutionStatus.Queued);
    }

    private static ExecutionFinished Succeeded(string executionId) =>
        new()
        {
            ExecutionId = executionId,
            UserId = "u",
            RunnerId = "r",
            FinishedAt = default,
            Result = RunnerScript.Succeeded(""),
        };

    private static string ToJson(ExecutionRecord? execution) => JsonSerializer.Serialize(execution);

    private LifecycleParts Begin(SqliteExecutionStore? store = null) => new(store ?? _store, _time);

    private Task<ExecutionRecord> AddAsync(string executionId, TimeSpan? time = null)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        return _store.AddAsync(
            new()
            {
                ExecutionId = executionId,
                UserId = "u",
                AcceptedAt = now,
                Deadline = now + (time ?? TimeSpan.FromMinutes(2)),
            },
            Token
        );
    }

    private async Task<ExecutionRecord> FindAsync(string executionId) =>
        (await _parts.Reader.FindAsync("u", executionId, Token)).ShouldNotBeNull();
}
