using CodeInterpreter.Runner.Docker;
using CodeInterpreter.Runner.Images;
using CodeInterpreter.Runner.Sandboxes;
using CodeInterpreter.Runner.Settings;
using Docker.DotNet;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeInterpreter.Runner.Tests.Docker;

/// <summary>
/// The engine the tests run on: the one the environment names. They take turns, since a sweep in one of them may find a
/// sandbox that another is about to start.
/// </summary>
internal static class EngineUnderTest
{
    private const string DefaultSocket = "/var/run/docker.sock";

    public static DockerOptions Options()
    {
        var options = new DockerOptions();
        new DockerOptionsDefaults(new ConfigurationBuilder().AddEnvironmentVariables().Build()).PostConfigure(null, options);
        return options;
    }

    public static DockerImageCheck ImageCheck(IDockerClient docker, IOptions<SandboxOptions> sandbox, IOptions<RunnerOptions> runner) =>
        new(docker, sandbox, runner, new ImageEnvironment(), NullLogger<DockerImageCheck>.Instance);

    /// <summary>Its socket, or null when it has none on this machine.</summary>
    public static string? Socket()
    {
        var endpoint = Options().Endpoint;
        var socket = endpoint.StartsWith("unix://", StringComparison.Ordinal) ? endpoint["unix://".Length..] : DefaultSocket;
        return File.Exists(socket) ? socket : null;
    }
}
