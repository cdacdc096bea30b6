using CodeInterpreter.Gateway.Errors;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions;

/// <summary>
/// Keeps what a user's results and events take within a budget. An execution counts with the most it may come to as soon as it is
/// remembered, and with what it came to when it has finished: of several that come at the same time, no more get through than there is room for.
/// </summary>
internal sealed class ResultBudget(IExecutionStore store, IOptions<ExecutionOptions> options) : IDisposable
{
    private const int RememberedUsers = 10_000;

    // Long enough that small executions cost the database nothing, and short enough that what other replicas accept meanwhile does not fill a budget.
    private static readonly TimeSpan MeasuredFor = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _measured = new(Options.Create(new MemoryCacheOptions { SizeLimit = RememberedUsers }));

    /// <summary>Refuses an execution, which is remembered already, that makes its user's results take more than they may.</summary>
    /// <exception cref="GatewayException">There is no room, or the store does not answer.</exception>
    public async Task CheckAsync(ExecutionRecord added, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxUserResultBytes;
        // Far from the budget it need not be known exactly.
        if (most == 0 || (_measured.Get<Measured>(added.UserId) is { } last && last.With(added.Bytes) <= most / 2))
            return;

        var usage = await store.MeasureAsync(added.UserId, cancellationToken);
        _measured.Set(
            added.UserId,
            new Measured(usage.Bytes),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MeasuredFor }
        );
        if (usage.Bytes > most)
        {
            throw new GatewayException(
                GatewayErrorKind.QuotaExceeded,
                $"There is no room for the result of this execution: {usage.Bytes - added.Bytes} of {most} bytes are taken, it may take "
                    + $"{added.Bytes}. Delete executions, ask for less output, or wait until some expire."
            );
        }
    }

    public void Dispose() => _measured.Dispose();

    private sealed class Measured(long bytes)
    {
        private long _bytes = bytes;

        public long With(long more) => Interlocked.Add(ref _bytes, more);
    }
}
