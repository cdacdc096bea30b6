using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// Lets one execution run once in this process, however often it is delivered: a broker that comes back delivers again
/// what it has no acknowledgement for, also what is still running here or has just finished.
/// </summary>
internal sealed class ExecutionLedger : IDisposable
{
    private const long FinishedBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan FinishedFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<ExecutionResult>>> _running = new();
    private readonly MemoryCache _finished = new(Options.Create(new MemoryCacheOptions { SizeLimit = FinishedBytes }));

    /// <summary>The result of the execution, from <paramref name="run"/> or from an earlier call. A run that throws is forgotten.</summary>
    public async Task<ExecutionResult> GetOrRunAsync(string executionId, Func<Task<ExecutionResult>> run)
    {
        if (_finished.Get<ExecutionResult>(executionId) is { } known) return known;

        var execution = _running.GetOrAdd(executionId, _ => new Lazy<Task<ExecutionResult>>(run));
        try
        {
            var result = await execution.Value;
            _finished.Set(executionId, result, new MemoryCacheEntryOptions
            {
                Size = 1024 + (2L * (result.Output.Text.Length + result.Error.Text.Length)),
                AbsoluteExpirationRelativeToNow = FinishedFor,
            });
            return result;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(executionId, execution));
        }
    }

    public void Dispose() => _finished.Dispose();
}
