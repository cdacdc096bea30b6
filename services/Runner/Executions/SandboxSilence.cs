using CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Runner.Executions;

/// <summary>How long a sandbox may keep its runner waiting.</summary>
internal static class SandboxSilence
{
    /// <summary>Turns the sandbox's silence beyond <paramref name="limit"/> into its failure.</summary>
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
