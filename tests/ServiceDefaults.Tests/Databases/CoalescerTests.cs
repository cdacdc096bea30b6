using System.Collections.Concurrent;
using CodeInterpreter.ServiceDefaults.Databases;

namespace CodeInterpreter.ServiceDefaults.Tests.Databases;

public sealed class CoalescerTests
{
    private readonly ConcurrentQueue<string> _trips = [];
    private readonly Coalescer<string> _coalescer;
    private readonly TaskCompletionSource _gate = new();

    public CoalescerTests() =>
        _coalescer = new(
            exception => exception is TimeoutException,
            new CoalescedStep<string>(GoAsync, items => GoAsync(string.Join('+', items)))
        );

    [Fact]
    public async Task RunAsync_WhileAGroupRuns_OthersFormTheNextGroup()
    {
        var first = _coalescer.RunAsync("a");
        Task[] others = [_coalescer.RunAsync("b"), _coalescer.RunAsync("c"), _coalescer.RunAsync("d")];

        first.IsCompleted.ShouldBeFalse();
        _gate.SetResult();
        await Task.WhenAll([first, .. others]);

        _trips.ShouldBe(["a", "b+c+d"]);
    }

    [Fact]
    public async Task RunAsync_OneAfterTheOther_EachRunsAtOnce()
    {
        _gate.SetResult();
        await _coalescer.RunAsync("a");
        await _coalescer.RunAsync("b");

        _trips.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task RunAsync_GroupFails_EachIsRunAloneWithItsOwnResult()
    {
        var first = _coalescer.RunAsync("a");
        Task[] others = [_coalescer.RunAsync("b"), _coalescer.RunAsync("wrong"), _coalescer.RunAsync("d")];

        _gate.SetResult();
        await first;
        await Should.ThrowAsync<InvalidOperationException>(() => Task.WhenAll(others));

        others.Select(other => other.IsCompletedSuccessfully).ShouldBe([true, false, true]);
        _trips.ShouldBe(["a", "b+wrong+d", "b", "wrong", "d"]);
    }

    [Fact]
    public async Task RunAsync_Outage_FailsForAllAfterOneAttempt()
    {
        var first = _coalescer.RunAsync("a");
        Task[] others = [_coalescer.RunAsync("away"), _coalescer.RunAsync("c")];

        _gate.SetResult();
        await first;
        foreach (var other in others)
            await Should.ThrowAsync<TimeoutException>(() => other);
        await _coalescer.RunAsync("d");

        _trips.ShouldBe(["a", "away+c", "d"]);
    }

    [Fact]
    public async Task RunAsync_SeveralSteps_AGroupStaysTogetherAndBlocksNoOther()
    {
        var behind = new TaskCompletionSource();
        var coalescer = new Coalescer<string>(
            exception => exception is TimeoutException,
            new(GoAsync, items => GoAsync(string.Join('+', items))),
            new(SecondAsync, items => SecondAsync(string.Join('+', items)))
        );
        Task[] calls = [coalescer.RunAsync("a"), coalescer.RunAsync("b"), coalescer.RunAsync("c")];

        _gate.SetResult();
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        _trips.ShouldBe(["a", "b+c", "b+c second", "a second"]);

        async Task SecondAsync(string trip)
        {
            if (trip == "a")
                await behind.Task;
            _trips.Enqueue($"{trip} second");
            behind.TrySetResult();
        }
    }

    [Fact]
    public async Task RunAsync_SeveralSteps_FailureOfTheFirstSkipsTheOthers()
    {
        var seconds = new List<string>();
        var coalescer = new Coalescer<string>(
            exception => exception is TimeoutException,
            new(GoAsync, items => GoAsync(string.Join('+', items))),
            new(SecondAsync, items => SecondAsync(string.Join('+', items)))
        );
        var first = coalescer.RunAsync("a");
        Task[] others = [coalescer.RunAsync("b"), coalescer.RunAsync("wrong"), coalescer.RunAsync("c")];

        _gate.SetResult();
        await first;
        await Should.ThrowAsync<InvalidOperationException>(() => Task.WhenAll(others));

        seconds.ShouldBe(["a", "b+c"]);

        Task SecondAsync(string trip)
        {
            seconds.Add(trip);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_EachEnds()
    {
        _gate.SetResult();
        var calls = Enumerable
            .Range(0, 1000)
            .Select(i => Task.Run(() => _coalescer.RunAsync($"{i}"), TestContext.Current.CancellationToken));

        await Task.WhenAll(calls);

        _trips.SelectMany(trip => trip.Split('+')).Select(int.Parse).Order().ShouldBe(Enumerable.Range(0, 1000));
    }

    private async Task GoAsync(string trip)
    {
        await _gate.Task;
        _trips.Enqueue(trip);
        if (trip.Contains("wrong"))
            throw new InvalidOperationException();
        if (trip.Contains("away"))
            throw new TimeoutException();
    }
}
