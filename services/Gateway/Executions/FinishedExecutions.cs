using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Takes in the news that an execution has finished: first the waiting caller gets the answer, then it is stored. Until
/// then it is kept here, so that a caller who asks again at once finds it finished.
/// </summary>
internal sealed class FinishedExecutions(WaitingExecutions waitingExecutions, IExecutionStore store) : IDisposable
{
    // The news come twice, straight and over the endpoint that all replicas share, and often to the same replica.
    private const int RememberedAtMost = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Storing> _unstored = new();
    private readonly MemoryCache _stored = new(Options.Create(new MemoryCacheOptions { SizeLimit = RememberedAtMost }));

    public async Task TakeInAsync(ExecutionFinished finished, CancellationToken cancellationToken)
    {
        if (_stored.TryGetValue(finished.ExecutionId, out _))
        {
            return;
        }

        // What callers have been told is what is stored, should another end come before that is done.
        var first = _unstored.GetOrAdd(finished.ExecutionId, _ => new Storing(finished, StoreAsync));
        waitingExecutions.TryComplete(first.Finished);
        await first.Written.Value.WaitAsync(cancellationToken);
    }

    /// <summary>The execution as its caller knows it, also when the store is a moment behind.</summary>
    public async Task<ExecutionRecord?> FindAsync(string userId, string executionId, CancellationToken cancellationToken)
    {
        // In this order: what is stored between the two look-ups is found by the second.
        var unstored = _unstored.GetValueOrDefault(executionId);
        var execution = await store.FindAsync(userId, executionId, cancellationToken);
        return execution is { Status: not ExecutionStatus.Finished } && unstored is not null
            ? execution.Finish(unstored.Finished)
            : execution;
    }

    public void Dispose() => _stored.Dispose();

    // Shared by all who bring the news, so it ends with none of them; the database's own timeouts bound it.
    private async Task StoreAsync(Storing storing)
    {
        var executionId = storing.Finished.ExecutionId;
        try
        {
            await store.MarkFinishedAsync(storing.Finished, CancellationToken.None);
            _stored.Set(executionId, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberedFor });
        }
        finally
        {
            _unstored.TryRemove(KeyValuePair.Create(executionId, storing));
        }
    }

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
