using System.Diagnostics;

namespace CodeInterpreter.TestProduct;

/// <summary>What an operator sees with the command line of the engine.</summary>
internal static class Docker
{
    /// <summary>The containers of a runner, running or not.</summary>
    public static Task<string[]> ContainersOfAsync(string runnerId) =>
        RunAsync("ps", "--all", "--quiet", "--filter", $"label=code-interpreter.runner={runnerId}");

    /// <summary>The engine's socket on this machine.</summary>
    public static async Task<string> SocketAsync()
    {
        var endpoint = (await RunAsync("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")).Single();
        return new Uri(endpoint).LocalPath;
    }

    /// <summary>Whether a container has a process that is the code user for good: the supervisor takes its uid only for a while.</summary>
    public static async Task<bool> RunsCodeAsync(string container)
    {
        using var docker = Start("top", container, "-eo", "pid,suid");
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        return output.Split('\n').Any(line => line.EndsWith(" 1000", StringComparison.Ordinal));
    }

    /// <summary>The command lines of a container's processes; none when it is gone.</summary>
    public static async Task<string[]> ProcessesOfAsync(string container)
    {
        using var docker = Start("top", container, "-eo", "pid,args");
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        return output.Split('\n');
    }

    /// <summary>Kills containers, some of which may be ending by themselves; at the end none of them runs.</summary>
    public static async Task KillAsync(string[] containers)
    {
        using var docker = Start(["kill", .. containers]);
        var said = docker.StandardError.ReadToEndAsync();
        await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        var running = (await RunAsync("ps", "--quiet")).Intersect(containers).ToArray();
        if (running.Length > 0) throw new InvalidOperationException($"{string.Join(' ', running)} could not be killed: {await said}");
    }

    public static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var docker = Start(arguments);
        var error = docker.StandardError.ReadToEndAsync();
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        if (docker.ExitCode != 0) throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
