extern alias runner;

using Docker.DotNet;
using Docker.DotNet.Models;
using runner::CodeInterpreter.Runner.Docker;
using runner::CodeInterpreter.Runner.Sandboxes;

namespace CodeInterpreter.Benchmarks.Baselines;

/// <summary>
/// The most that the engine itself can do: containers just as the runner's, each created, started, waited for and removed through
/// the API, with nothing around it.
/// </summary>
internal sealed class EngineCeiling : IDisposable
{
    private static readonly int[] Callers = [2, 4, 8];

    private readonly IDockerClient _docker;

    private EngineCeiling(IDockerClient docker) => _docker = docker;

    public static async Task<EngineCeiling> OpenAsync()
    {
        using var configuration = new DockerClientConfiguration(new Uri("unix://" + await TestProduct.Docker.SocketAsync()));
        return new EngineCeiling(configuration.CreateClient());
    }

    // The image's own.
    private const int UserId = 1000;

    /// <summary>The most containers for each second that callers get who never pause.</summary>
    public static async Task<double> MeasureAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var engine = await OpenAsync();
        var best = 0.0;
        foreach (var callers in Callers)
        {
            options.Progress($"The engine's ceiling, {callers} callers");
            var rate = await Load.ClosedLoopAsync(
                callers,
                TimeSpan.FromSeconds(options.IsShort ? 3 : 10),
                new Latencies(),
                () => engine.ExecuteAsync("print(1)", cancellationToken)
            );
            best = Math.Max(best, rate);
        }

        return best;
    }

    /// <summary>Runs code in a container of its own, to which <paramref name="change"/> does something first.</summary>
    public async Task ExecuteAsync(string code, CancellationToken cancellationToken, Action<CreateContainerParameters>? change = null)
    {
        var name = $"code-interpreter-benchmark-{Guid.NewGuid():N}";
        var container = SandboxContainer.Describe(
            UserId,
            SandboxProfile.Bare,
            "benchmark",
            new SandboxOptions(),
            DockerSandboxEngine.SeccompProfile
        );
        container.Name = name;
        container.Entrypoint = ["python3", "-c", code];
        container.Cmd = [];
        change?.Invoke(container);
        container.HostConfig.AutoRemove = false;
        await _docker.Containers.CreateContainerAsync(container, cancellationToken);
        try
        {
            await _docker.Containers.StartContainerAsync(name, new ContainerStartParameters(), cancellationToken);
            var end = await _docker.Containers.WaitContainerAsync(name, cancellationToken);
            if (end.StatusCode != 0)
                throw new InvalidOperationException($"The container ended with {end.StatusCode}.");
        }
        finally
        {
            await _docker.Containers.RemoveContainerAsync(name, new ContainerRemoveParameters { Force = true }, CancellationToken.None);
        }
    }

    public void Dispose() => _docker.Dispose();
}
