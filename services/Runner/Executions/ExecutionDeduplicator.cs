using System.Collections.Concurrent;
using CodeInterpreter.Contracts;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// Runs each execution once in this process, however often it is delivered. After an outage the broker redelivers what was not
/// acknowledged, including executions that still run here or have just finished.
/// </summary>
internal sealed class ExecutionDeduplicator : IDisposable
{
    private const long FinishedBytes = 32L * 1024 * 1024;
    private static readonly TimeSpan FinishedFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<ExecutionResult>>> _running = new();
    private readonly MemoryCache _finished = new(Options.Create(new MemoryCacheOptions { SizeLimit = FinishedBytes }));

    /// <summary>The result of the execution, from <paramref name="run"/> or from an earlier call. A run that throws is forgotten.</summary>
    public async Task<ExecutionResult> GetOrRunAsync(string executionId, Func<Task<ExecutionResult>> run)
    {
        if (Find(executionId) is { } known)
            return known;

        // Looked up again: it may have finished between the two.
        var execution = _running.GetOrAdd(
            executionId,
            _ => new Lazy<Task<ExecutionResult>>(() => Find(executionId) is { } ended ? Task.FromResult(ended) : run())
        );
        try
        {
            var result = await execution.Value;
            _finished.Set(
                executionId,
                result,
                new MemoryCacheEntryOptions { Size = SizeOf(result), AbsoluteExpirationRelativeToNow = FinishedFor }
            );
            return result;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(executionId, execution));
        }
    }

    private static long SizeOf(ExecutionResult result) =>
        1024
        + sizeof(char)
            * (
                LengthOf(result.Output)
                + LengthOf(result.Error)
                + result.GeneratedFiles.Sum(file => 512L + file.Filename.Length)
                + result.SkippedFiles.Sum(file => 256L + file.Path.Length)
                + result.LeftBehind.Sum(file => 128L + file.Path.Length)
            );

    private static long LengthOf(OutputText text) => text.Text.Length + text.Tail.Length;

    private ExecutionResult? Find(string executionId) => _finished.Get<ExecutionResult>(executionId);

    public void Dispose() => _finished.Dispose();
}
