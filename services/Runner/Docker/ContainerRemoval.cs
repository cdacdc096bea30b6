using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Removes containers whatever state they are in, within a time limit of its own: the callers are stopping something.</summary>
internal sealed class ContainerRemoval(IDockerClient docker, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private static readonly ContainerRemoveParameters Parameters = new() { Force = true, RemoveVolumes = true };

    /// <summary>Returns when the container is gone; false when something else removed it.</summary>
    public Task<bool> RemoveAsync(string id) =>
        docker.GuardAsync(
            async () =>
            {
                using var timeout = new CancellationTokenSource(Timeout, time);
                return await RemoveUntilGoneAsync(id, timeout.Token);
            },
            CancellationToken.None
        );

    private async Task<bool> RemoveUntilGoneAsync(string id, CancellationToken cancellationToken)
    {
        var removed = false;
        while (true)
        {
            try
            {
                await docker.Containers.RemoveContainerAsync(id, Parameters, cancellationToken);
                removed = true;
            }
            catch (DockerApiException exception) when (exception.StatusCode == HttpStatusCode.Conflict)
            {
                // The engine is removing it already.
                await Task.Delay(PollInterval, time, cancellationToken);
            }
            catch (DockerApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                return removed;
            }
        }
    }
}
