using System.Collections.Immutable;
using CodeInterpreter.Contracts;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>The calls of this replica that wait for an execution to finish.</summary>
internal sealed class WaitingExecutions
{
    // Each look costs the database one to three queries.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    // What is told at another replica is that old at most; followers wait longer than that for a log that lags behind the result.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(2);

    private ImmutableDictionary<string, ImmutableList<WaitingExecution>> _waiting = ImmutableDictionary<
        string,
        ImmutableList<WaitingExecution>
    >.Empty;

    private int _count;

    public int Count => _count;

    /// <summary>
    /// How long each of the calls waits before it looks whether the database knows more than this replica has heard: at least that long. Where
    /// many wait, so long that all together look a hundred times a second, but no longer than 2 s.
    /// </summary>
    public TimeSpan LookInterval(TimeSpan least) =>
        (BetweenLooks * _count) switch
        {
            var fair when fair < least => least,
            var fair when fair > LongestInterval => LongestInterval,
            var fair => fair,
        };

    /// <summary>Starts waiting; disposing the returned object ends it, answered or not.</summary>
    public WaitingExecution Add(string executionId)
    {
        var waiting = new WaitingExecution(waiting =>
        {
            Interlocked.Decrement(ref _count);
            Change(executionId, calls => calls.Remove(waiting));
        });
        Interlocked.Increment(ref _count);
        Change(executionId, calls => calls.Add(waiting));
        return waiting;
    }

    /// <summary>Whether any call waits for this execution.</summary>
    public bool IsAwaited(string executionId) => _waiting.ContainsKey(executionId);

    /// <summary>False when nobody waits here, or the answer has come before.</summary>
    public bool TryComplete(ExecutionFinished finished)
    {
        var completed = false;
        foreach (var waiting in _waiting.GetValueOrDefault(finished.ExecutionId, []))
        {
            completed |= waiting.TryComplete(finished);
        }

        return completed;
    }

    private void Change(string executionId, Func<ImmutableList<WaitingExecution>, ImmutableList<WaitingExecution>> change) =>
        ImmutableInterlocked.Update(
            ref _waiting,
            all =>
            {
                var calls = change(all.GetValueOrDefault(executionId, []));
                return calls.IsEmpty ? all.Remove(executionId) : all.SetItem(executionId, calls);
            }
        );
}
