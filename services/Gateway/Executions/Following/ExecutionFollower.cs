using System.Runtime.CompilerServices;
using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Following;

/// <summary>
/// Tells what happens in an execution, from a place in it on. What arrives at this replica is told at once; what arrives
/// elsewhere, or has arrived before, is read from the log.
/// </summary>
internal sealed class ExecutionFollower(
    IExecutionLog log,
    IExecutionStore store,
    LostExecutions lostExecutions,
    WaitingExecutions waitingExecutions,
    IOptions<ExecutionOptions> options,
    TimeProvider timeProvider
)
{
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    // Results overtake the log when the database is slow. What does not come after this long is in the result anyway.
    private static readonly TimeSpan LogGrace = TimeSpan.FromSeconds(5);

    private const int PageSize = 500;

    /// <summary>The events behind <paramref name="after"/>; the last one is that the execution has finished. Enumerating ends the attendance.</summary>
    public async IAsyncEnumerable<ExecutionEvent> FollowAsync(
        AttendedExecution attended,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var listening = attended;
        var execution = attended.Execution;
        var follow = new Follow(attended, after, timeProvider.GetUtcNow());
        if (after < Contracts.EventSequence.Accepted)
        {
            yield return new ExecutionEvent.Accepted(execution.ExecutionId, execution.AcceptedAt);
        }

        while (true)
        {
            var looks = follow.IsTimeToLook(timeProvider.GetUtcNow(), waitingExecutions.LookInterval(LookInterval));
            if (looks)
            {
                await TryLookAsync(follow, cancellationToken);
            }

            foreach (var told in follow.Ready(timeProvider.GetUtcNow()))
            {
                yield return told;
            }

            if (follow.End(timeProvider.GetUtcNow(), LogGrace) is { } finished)
            {
                yield return finished;
                yield break;
            }

            if (looks && await QueuedAsync(follow, cancellationToken) is { } queued)
            {
                yield return queued;
            }
            else if (follow.IsQuietFor(KeepAliveInterval, timeProvider.GetUtcNow()))
            {
                yield return new ExecutionEvent.KeepAlive(execution.ExecutionId);
            }

            await WaitAsync(follow, cancellationToken);
        }
    }

    private async Task TryLookAsync(Follow follow, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(follow, cancellationToken);
        }
        // Without the database events still come the short way; the others are told when it is back.
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable) { }
    }

    /// <summary>Reads what has been logged and how the execution stands.</summary>
    private async Task LookAsync(Follow follow, CancellationToken cancellationToken)
    {
        var execution = follow.Execution;
        if (execution.Status != ExecutionStatus.Finished)
        {
            // One that is not kept any more, or was withdrawn by the replica that was about to hand it over.
            follow.Execution =
                await lostExecutions.FindAsync(execution.UserId, execution.ExecutionId, cancellationToken)
                ?? throw new GatewayException(GatewayErrorKind.NotFound, "There is no such execution any longer.");
        }

        if (!execution.Live)
        {
            return;
        }

        IReadOnlyList<LogEntry> entries;
        // From what has been told on, however far was read before: entries are not logged in their order.
        var after = follow.LastTold;
        do
        {
            entries = await log.ReadAsync(execution.UserId, execution.ExecutionId, after, PageSize, cancellationToken);
            follow.Add(entries);
            after = entries.Count == 0 ? after : entries[^1].Sequence;
        } while (entries.Count == PageSize);
    }

    /// <summary>
    /// How many of the same user are ahead, when that is known, has changed, and the execution still waits. Each user has a line of
    /// their own, in which others' do not count.
    /// </summary>
    private async Task<ExecutionEvent?> QueuedAsync(Follow follow, CancellationToken cancellationToken)
    {
        var execution = follow.Execution;
        if (follow.HasStarted || execution.Status != ExecutionStatus.Queued)
        {
            return null;
        }

        var from = execution.AcceptedAt - options.Value.QueueTimeout;
        try
        {
            var ahead = await store.CountQueuedAsync(execution.UserId, from, execution.AcceptedAt, cancellationToken);
            return follow.TakePlace(ahead) ? new ExecutionEvent.Queued(execution.ExecutionId, ahead) : null;
        }
        catch (GatewayException exception) when (exception.Kind == GatewayErrorKind.Unavailable)
        {
            return null;
        }
    }

    private async Task WaitAsync(Follow follow, CancellationToken cancellationToken)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(follow.NewsAsync(pause.Token), Task.Delay(LookInterval, timeProvider, pause.Token));
        await pause.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
