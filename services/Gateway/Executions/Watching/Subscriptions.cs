using System.Collections.Immutable;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>The subscriptions of all callers of this replica: those that wait for a result, and those that follow events.</summary>
internal sealed class Subscriptions : IResultSubscribers
{
    // Each poll is one to three queries.
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(10);

    // The longest delay of a result or an event that arrived at another replica. Followers wait longer than that for a log that is late.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(2);

    private ImmutableDictionary<string, ImmutableList<Subscription>> _subscriptions = ImmutableDictionary<
        string,
        ImmutableList<Subscription>
    >.Empty;

    private int _count;

    public int Count => _count;

    /// <summary>
    /// Time between two polls of the database by one subscriber, for what arrived at other replicas. All subscribers together poll at most
    /// a
    /// hundred times a second, but each at least every 2 s.
    /// </summary>
    /// <param name="least">The time with few subscribers.</param>
    public TimeSpan PollInterval(TimeSpan least) =>
        (BetweenPolls * _count) switch
        {
            var fair when fair < least => least,
            var fair when fair > LongestInterval => LongestInterval,
            var fair => fair,
        };

    /// <summary>Subscribes to the result of an execution, until the returned object is disposed.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="withEvents">Whether its events are wanted, too.</param>
    public Subscription Add(string executionId, bool withEvents = false)
    {
        var subscription = new Subscription(
            withEvents,
            subscription =>
            {
                Interlocked.Decrement(ref _count);
                Change(executionId, subscriptions => subscriptions.Remove(subscription));
            }
        );
        Interlocked.Increment(ref _count);
        Change(executionId, subscriptions => subscriptions.Add(subscription));
        return subscription;
    }

    public bool Has(string executionId) => _subscriptions.ContainsKey(executionId);

    public bool Publish(ExecutionFinished finished)
    {
        var isNew = false;
        foreach (var subscription in _subscriptions.GetValueOrDefault(finished.ExecutionId, []))
        {
            isNew |= subscription.Publish(finished);
        }

        return isNew;
    }

    /// <summary>Hands an event to each caller that follows the execution.</summary>
    public void Publish(LogEntry entry)
    {
        foreach (var subscription in _subscriptions.GetValueOrDefault(entry.ExecutionId, []))
        {
            subscription.Publish(entry);
        }
    }

    private void Change(string executionId, Func<ImmutableList<Subscription>, ImmutableList<Subscription>> change) =>
        ImmutableInterlocked.Update(
            ref _subscriptions,
            all =>
            {
                var subscriptions = change(all.GetValueOrDefault(executionId, []));
                return subscriptions.IsEmpty ? all.Remove(executionId) : all.SetItem(executionId, subscriptions);
            }
        );
}
