using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Reports failures of the engine as what they are, whatever the client library throws.</summary>
internal static class EngineGuard
{
    /// <summary>Makes calls to the engine that may take at most <paramref name="limit"/> together.</summary>
    /// <exception cref="SandboxEngineException">One of them failed, its answer could not be read, or there was none in time.</exception>
    public static async Task<T> GuardAsync<T>(
        this IDockerClient docker,
        TimeSpan limit,
        TimeProvider time,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        return await docker.GuardAsync(() => call(either.Token), cancellationToken);
    }

    /// <summary>Makes calls to the engine.</summary>
    /// <exception cref="SandboxEngineException">One of them failed, its answer could not be read, or there was none in time.</exception>
    public static async Task<T> GuardAsync<T>(this IDockerClient docker, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        // A cancellation that the caller did not ask for is a time limit, the client's or one of ours.
        catch (Exception exception)
            when (exception is not (SandboxEngineException or OperationCanceledException)
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new SandboxEngineException($"The Docker engine at {docker.Configuration.EndpointBaseUri} failed.", exception);
        }
    }
}
