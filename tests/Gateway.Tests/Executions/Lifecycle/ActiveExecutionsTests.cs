using CodeInterpreter.Gateway.Executions.Lifecycle;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions.Lifecycle;

public sealed class ActiveExecutionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ActiveExecutions _pending;

    public ActiveExecutionsTests() => _pending = new ActiveExecutions(_time);

    [Fact]
    public void CountOf_User_CountsUnfinishedExecutions()
    {
        Add("a", "u");
        Add("b", "u");
        Add("b", "u");
        Add("c", "v");
        _pending.Remove("a");
        _pending.Remove("a");
        _pending.Remove("unknown");

        (_pending.CountOf("u"), _pending.CountOf("v"), _pending.CountOf("w")).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void CountOf_ExecutionWithoutResult_CountsUntilItsDeadline()
    {
        Add("a", "u");
        _time.Advance(TimeSpan.FromSeconds(30));
        Add("b", "u");

        _time.Advance(TimeSpan.FromSeconds(30));

        _pending.CountOf("u").ShouldBe(1);
    }

    [Fact]
    public void TryAdd_AtTheLimit_IsRefusedUntilOneFinishes()
    {
        TryAdd("a", "u", limit: 2).ShouldBeTrue();
        TryAdd("b", "u", limit: 2).ShouldBeTrue();
        TryAdd("c", "u", limit: 2).ShouldBeFalse();
        TryAdd("d", "v", limit: 2).ShouldBeTrue();
        _pending.CountOf("u").ShouldBe(2);

        _pending.Remove("a");

        TryAdd("e", "u", limit: 2).ShouldBeTrue();
    }

    [Fact]
    public void TryAdd_ManyAtOnce_AddsNoMoreThanTheLimit()
    {
        var taken = 0;

        Parallel.For(
            0,
            1000,
            i =>
            {
                if (TryAdd($"{i}", "u", limit: 7))
                    Interlocked.Increment(ref taken);
            }
        );

        taken.ShouldBeLessThanOrEqualTo(7);
        _pending.CountOf("u").ShouldBe(taken);
    }

    [Fact]
    public async Task CountOf_OneOverdueAndManyCalls_DropsOnlyThatOne()
    {
        const int Askers = 2;
        const int Rounds = 20_000;
        using var together = new Barrier(
            Askers,
            phase =>
            {
                // Both have asked: the one that is not overdue is left, and the next two come.
                if (phase.CurrentPhaseNumber > 0)
                    _pending.CountOf("u").ShouldBe(1);
                _pending.Remove($"{phase.CurrentPhaseNumber - 1}");
                _pending.TryAdd(
                    $"{phase.CurrentPhaseNumber} overdue",
                    _time.GetUtcNow().AddSeconds(1),
                    ActiveExecutions.Limit.OfUser("u", 0)
                );
                Add($"{phase.CurrentPhaseNumber}", "u");
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        );

        var askers = Enumerable
            .Range(0, Askers)
            .Select(_ =>
                Task.Factory.StartNew(
                    () =>
                    {
                        for (var round = 0; round < Rounds; round++)
                        {
                            together.SignalAndWait();
                            _pending.CountOf("u");
                        }
                    },
                    TestContext.Current.CancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            )
            .ToList();
        await Task.WhenAll(askers);
    }

    [Fact]
    public void TryAdd_OneOfTwoLimitsReached_NamesThatOneAndCountsNeither()
    {
        var ofKey = ActiveExecutions.Limit.OfKey("k", 2);
        AddFor("a", "u").ShouldBeNull();
        AddFor("b", "v").ShouldBeNull();

        AddFor("c", "w").ShouldBe(ofKey);

        _pending.CountOf("w").ShouldBe(0);
        _pending.Remove("a");
        AddFor("d", "w").ShouldBeNull();

        ActiveExecutions.Limit? AddFor(string executionId, string userId) =>
            _pending.TryAdd(executionId, _time.GetUtcNow().AddMinutes(1), ActiveExecutions.Limit.OfUser(userId, 1), ofKey);
    }

    private bool TryAdd(string executionId, string userId, int limit) =>
        _pending.TryAdd(executionId, _time.GetUtcNow().AddMinutes(1), ActiveExecutions.Limit.OfUser(userId, limit)) is null;

    private void Add(string executionId, string userId) => TryAdd(executionId, userId, limit: 0);
}
