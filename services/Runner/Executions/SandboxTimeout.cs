using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Executions;

/// <summary>Limits how long a sandbox may take to respond.</summary>
internal static class SandboxTimeout
{
    /// <summary>Fails the sandbox when a step takes longer than <paramref name="limit"/>.</summary>
    public static async Task WithinAsync(
        this TimeProvider time,
        TimeSpan limit,
        Func<CancellationToken, Task> step,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await step(either.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SandboxFailedException($"The sandbox gave no answer within {limit.TotalSeconds:0.###} s.", exception);
        }
    }
}
