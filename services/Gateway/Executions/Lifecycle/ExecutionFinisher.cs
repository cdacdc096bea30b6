using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Lifecycle;

/// <summary>
/// Every execution ends here, whether a runner finished it or a gateway decided its end: first its callers get the result, then it is
/// stored. Until it is stored, the result is kept here, so that a caller that asks for it at once gets it.
/// </summary>
internal sealed partial class ExecutionFinisher(
    IExecutionStore store,
    IResultSubscribers subscribers,
    ActiveExecutions activeExecutions,
    LostExecutions lostExecutions,
    TimeProvider timeProvider,
    ILogger<ExecutionFinisher> logger
) : IDisposable
{
    // Each result arrives twice, directly and over the endpoint that all replicas share, and often at the same replica.
    private const int RememberedAtMost = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Storing> _unstored = new();
    private readonly MemoryCache _stored = new(Options.Create(new MemoryCacheOptions { SizeLimit = RememberedAtMost }));

    /// <summary>Ends an execution with a result that has arrived; returns when the result is stored. The first result counts.</summary>
    public Task FinishAsync(ExecutionFinished finished, CancellationToken cancellationToken) =>
        FinishAsync(finished, lostExecutions.JudgedAt, cancellationToken);

    /// <summary>Ends an execution whose result the database cannot store, for a reason that a retry does not change.</summary>
    public Task FinishWithoutContentAsync(ExecutionFinished finished, Exception reason, CancellationToken cancellationToken)
    {
        NotStorable(finished.ExecutionId, reason.GetType().Name);
        return FinishAsync(ExecutionEnds.WithoutContent(finished), cancellationToken);
    }

    /// <summary>Ends an execution that was cancelled before a runner started it.</summary>
    public Task CancelAsync(ExecutionRecord execution, CancellationToken cancellationToken) =>
        FinishAsync(ExecutionEnds.Cancelled(execution, timeProvider.GetUtcNow()), cancellationToken);

    /// <summary>Ends an execution that no runner started within the queue timeout.</summary>
    public Task TimeOutAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        QueueTimedOut(execution.ExecutionId);
        return FinishAsync(ExecutionEnds.QueueTimedOut(execution, timeProvider.GetUtcNow()), cancellationToken);
    }

    /// <summary>Ends an execution that is lost.</summary>
    public Task GiveUpAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        Lost(execution.ExecutionId);
        // A result that arrived too late was not stored.
        _stored.Remove(execution.ExecutionId);
        return FinishAsync(ExecutionEnds.Lost(execution), judgedAt: null, cancellationToken);
    }

    /// <summary>The end of an execution that is about to be stored; null if there is none.</summary>
    public ExecutionFinished? FindUnstored(string executionId) => _unstored.GetValueOrDefault(executionId)?.Finished;

    public void Dispose() => _stored.Dispose();

    private async Task FinishAsync(ExecutionFinished finished, DateTimeOffset? judgedAt, CancellationToken cancellationToken)
    {
        activeExecutions.Remove(finished.ExecutionId);
        if (_stored.TryGetValue(finished.ExecutionId, out _))
        {
            return;
        }

        // The result that callers got is the one that is stored, even if another arrives before that.
        var first = _unstored.GetOrAdd(finished.ExecutionId, _ => new Storing(finished, storing => StoreAsync(storing, judgedAt)));
        subscribers.Publish(first.Finished);
        await first.Written.Value.WaitAsync(cancellationToken);
    }

    // Shared by all that brought the result, so none of them cancels it; the database's own timeouts limit it.
    private async Task StoreAsync(Storing storing, DateTimeOffset? judgedAt)
    {
        var executionId = storing.Finished.ExecutionId;
        try
        {
            await store.MarkFinishedAsync(storing.Finished, judgedAt, CancellationToken.None);
            _stored.Set(executionId, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor });
        }
        finally
        {
            _unstored.TryRemove(KeyValuePair.Create(executionId, storing));
        }
    }

    [LoggerMessage(6, LogLevel.Warning, "The execution {ExecutionId} had no result long after its deadline and is given up")]
    private partial void Lost(string executionId);

    [LoggerMessage(7, LogLevel.Information, "No runner started the execution {ExecutionId} within the queue timeout")]
    private partial void QueueTimedOut(string executionId);

    [LoggerMessage(
        11,
        LogLevel.Error,
        "The result of the execution {ExecutionId} cannot be stored ({Reason}); only how the execution ended is stored"
    )]
    private partial void NotStorable(string executionId, string reason);

    private sealed class Storing
    {
        public Storing(ExecutionFinished finished, Func<Storing, Task> store)
        {
            Finished = finished;
            Written = new Lazy<Task>(() => store(this));
        }

        public ExecutionFinished Finished { get; }

        public Lazy<Task> Written { get; }
    }
}
