using System.Runtime.CompilerServices;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Lifecycle;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Watching;

/// <summary>
/// Sends the events of an execution to a caller. Events that arrive at this replica are sent at once; those that arrived elsewhere, or
/// before, are read from the log.
/// </summary>
internal sealed class EventFollower(
    IExecutionLog log,
    IExecutionStore store,
    ExecutionReader reader,
    Subscriptions subscriptions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider
)
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    // Results overtake the log when the database is slow. Events that are later than this are skipped: the result has their content.
    private static readonly TimeSpan LogGrace = TimeSpan.FromSeconds(5);

    private const int PageSize = 500;

    /// <summary>The events of an execution of that user after the number <paramref name="after"/>; the last one has the result.</summary>
    /// <exception cref="GatewayException">The number is negative, or there is no such execution.</exception>
    public async Task<IAsyncEnumerable<ExecutionEvent>> FollowAsync(
        string userId,
        string executionId,
        long after,
        CancellationToken cancellationToken
    )
    {
        if (after < 0)
        {
            throw GatewayException.Invalid("after", "must not be negative.");
        }

        var execution = await reader.GetAsync(userId, executionId, cancellationToken);
        return FollowAsync(new WatchedExecution(execution, subscriptions.Add(executionId, withEvents: true)), after, cancellationToken);
    }

    /// <summary>
    /// The events after the number <paramref name="after"/>; the last one has the result. Enumerating ends the subscription.
    /// </summary>
    public async IAsyncEnumerable<ExecutionEvent> FollowAsync(
        WatchedExecution watched,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var subscription = watched.Subscription;
        var execution = watched.Execution;
        var state = new FollowerState(watched, after, timeProvider.GetUtcNow());
        if (after < EventSequence.Accepted)
        {
            yield return new ExecutionEvent.Accepted(execution.ExecutionId, execution.AcceptedAt);
        }

        while (true)
        {
            var polls = state.IsTimeToPoll(timeProvider.GetUtcNow(), subscriptions.PollInterval(PollInterval));
            if (polls)
            {
                await TryPollAsync(state, cancellationToken);
            }

            foreach (var next in state.Ready(timeProvider.GetUtcNow()))
            {
                yield return next;
            }

            if (state.End(timeProvider.GetUtcNow(), LogGrace) is { } finished)
            {
                yield return finished;
                yield break;
            }

            if (polls && await QueuedAsync(state, cancellationToken) is { } queued)
            {
                yield return queued;
            }
            else if (state.IsQuietFor(KeepAliveInterval, timeProvider.GetUtcNow()))
            {
                yield return new ExecutionEvent.KeepAlive(execution.ExecutionId);
            }

            await subscription.WaitAsync(PollInterval, timeProvider, cancellationToken);
        }
    }

    private async Task TryPollAsync(FollowerState state, CancellationToken cancellationToken)
    {
        try
        {
            await PollAsync(state, cancellationToken);
        }
        // While the database is unavailable, events still arrive directly; the others are sent afterwards.
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable) { }
    }

    /// <summary>Reads the log and the state of the execution.</summary>
    private async Task PollAsync(FollowerState state, CancellationToken cancellationToken)
    {
        var execution = state.Execution;
        if (execution.Status != ExecutionStatus.Finished)
        {
            // It was deleted after its retention, or withdrawn by the replica that was about to publish it.
            state.Execution =
                await reader.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken)
                ?? throw new GatewayException(GatewayErrorKind.NotFound, "The execution no longer exists.");
        }

        if (!execution.Live)
        {
            return;
        }

        IReadOnlyList<LogEntry> entries;
        // From the last event that was sent, however far was read before: entries are not logged in their order.
        var after = state.LastSent;
        do
        {
            entries = await log.ReadAsync(execution.UserId, execution.ExecutionId, after, PageSize, cancellationToken);
            state.Add(entries);
            after = entries.Count == 0 ? after : entries[^1].Sequence;
        } while (entries.Count == PageSize);
    }

    /// <summary>
    /// The number of the user's executions ahead, if it is known and has changed, and the execution still waits. Executions of other users
    /// do not count, as each user has a queue of their own.
    /// </summary>
    private async Task<ExecutionEvent?> QueuedAsync(FollowerState state, CancellationToken cancellationToken)
    {
        var execution = state.Execution;
        if (state.HasStarted || execution.Status != ExecutionStatus.Queued)
        {
            return null;
        }

        var from = execution.AcceptedAt - options.Value.QueueTimeout;
        try
        {
            var ahead = await store.CountQueuedAsync(execution.UserId, from, execution.AcceptedAt, cancellationToken);
            return state.TakePlace(ahead) ? new ExecutionEvent.Queued(execution.ExecutionId, ahead) : null;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            return null;
        }
    }
}
