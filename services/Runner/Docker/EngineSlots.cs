using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Fills in the slots for the memory of the engine's machine, which need not be the runner's.</summary>
internal sealed class EngineSlots(IDockerClient docker, IOptions<SandboxOptions> sandbox) : IPostConfigureOptions<RunnerOptions>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public void PostConfigure(string? name, RunnerOptions options)
    {
        if (options.Slots == 0)
            options.Slots = SlotCount.For(MemoryBytes(), sandbox.Value.MemoryBytes);
    }

    // The queue is joined with a number of slots, and options are not read asynchronously; it is asked once, at the start.
    private long MemoryBytes()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout);
            return Task.Run(() => docker.System.GetSystemInfoAsync(timeout.Token)).GetAwaiter().GetResult().MemTotal;
        }
        catch (Exception exception)
            when (exception
                    is DockerApiException
                        or HttpRequestException
                        or IOException
                        or TimeoutException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The check of the engine comes next, and says what is wrong with it.
            return 0;
        }
    }
}
