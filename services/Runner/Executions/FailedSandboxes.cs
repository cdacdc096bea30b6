using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Sandboxes.Pool;

namespace CodeInterpreter.Runner.Executions;

/// <summary>
/// Finds out why a sandbox failed, before that becomes a result. An engine often goes away together with its runner: a pod is killed, a
/// machine goes down. The runner then ends without a result, and the broker gives the execution to another one.
/// </summary>
internal sealed partial class FailedSandboxes(TimeProvider time, ILogger<FailedSandboxes> logger)
{
    /// <summary>
    /// How long an engine may be away before the execution gets its result without it: longer than a killed runner outlives its engine.
    /// </summary>
    public static readonly TimeSpan EngineTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks the engine for the cause. While the engine is away, waits for it, at most <see cref="EngineTimeout"/>.
    /// </summary>
    /// <param name="sandbox">A sandbox that has failed.</param>
    /// <param name="cancelled">The caller has cancelled the execution, so that the cause no longer matters.</param>
    /// <param name="cancellationToken">Another runner gets the execution.</param>
    public async Task<SandboxFailureCause> FindCauseAsync(
        WarmSandbox sandbox,
        CancellationToken cancelled,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, cancellationToken);
        var until = time.GetUtcNow() + EngineTimeout;
        var cause = await sandbox.FindCauseAsync();
        if (cause == SandboxFailureCause.EngineAway)
            EngineAway(sandbox.Name);
        while (cause == SandboxFailureCause.EngineAway && time.GetUtcNow() < until && !cancelled.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            cause = await sandbox.FindCauseAsync();
        }

        return cause;
    }

    [LoggerMessage(5, LogLevel.Warning, "The engine went away while the sandbox {Name} ran; waiting for the engine")]
    private partial void EngineAway(string name);
}
