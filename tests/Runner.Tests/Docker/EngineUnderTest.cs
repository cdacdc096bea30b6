using CodeInterpreter.Runner.Docker;
using Microsoft.Extensions.Configuration;

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

    /// <summary>Its socket, or null when it has none on this machine.</summary>
    public static string? Socket()
    {
        var endpoint = Options().Endpoint;
        var socket = endpoint.StartsWith("unix://", StringComparison.Ordinal) ? endpoint["unix://".Length..] : DefaultSocket;
        return File.Exists(socket) ? socket : null;
    }
}
