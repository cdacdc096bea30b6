using CodeInterpreter.Gateway.Errors;
using CodeInterpreter.Gateway.Executions.Records;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Gateway.Executions.Intake;

/// <summary>
/// Limits the space of a user's results and events. A new execution counts with its maximum as soon as it is stored, and a finished one
/// with
/// its size, so simultaneous requests cannot exceed the budget together.
/// </summary>
internal sealed class ResultBudget(IExecutionStore store, IOptions<ExecutionOptions> options) : IDisposable
{
    private const int RememberedUsers = 10_000;

    // Long enough that small executions need no query, and short enough that other replicas do not fill a budget meanwhile.
    private static readonly TimeSpan MeasuredFor = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _measured = new(Options.Create(new MemoryCacheOptions { SizeLimit = RememberedUsers }));

    /// <summary>Refuses an execution, which is stored already, if it exceeds the budget of its user.</summary>
    /// <exception cref="GatewayException">The budget is used up, or the database is unavailable.</exception>
    public async Task CheckAsync(ExecutionRecord added, CancellationToken cancellationToken)
    {
        var most = options.Value.MaxUserResultBytes;
        // Far below the budget, an old figure is good enough.
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
                $"The result of this execution may not fit: {usage.Bytes - added.Bytes} of {most} bytes are taken, it may take "
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
