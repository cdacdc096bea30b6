using CodeInterpreter.Gateway.Executions;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Gateway.Tests.Executions;

public sealed class PendingExecutionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PendingExecutions _pending;

    public PendingExecutionsTests() => _pending = new PendingExecutions(_time);

    [Fact]
    public void CountOf_AUser_CountsWhatHasNotEnded()
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
    public void CountOf_WhatNobodyAnswered_EndsAtItsDeadline()
    {
        Add("a", "u");
        _time.Advance(TimeSpan.FromSeconds(30));
        Add("b", "u");

        _time.Advance(TimeSpan.FromSeconds(30));

        _pending.CountOf("u").ShouldBe(1);
    }

    [Fact]
    public void TryAdd_AtTheLimit_IsRefusedUntilOneHasEnded()
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
    public void TryAdd_ManyAtOnce_NoMoreThanTheLimitGetThrough()
    {
        var taken = 0;

        Parallel.For(0, 1000, i =>
        {
            if (TryAdd($"{i}", "u", limit: 7)) Interlocked.Increment(ref taken);
        });

        taken.ShouldBeLessThanOrEqualTo(7);
        _pending.CountOf("u").ShouldBe(taken);
    }

    private bool TryAdd(string executionId, string userId, int limit) =>
        _pending.TryAdd(executionId, userId, _time.GetUtcNow().AddMinutes(1), limit);

    private void Add(string executionId, string userId) =>
        _pending.TryAdd(executionId, userId, _time.GetUtcNow().AddMinutes(1));
}
