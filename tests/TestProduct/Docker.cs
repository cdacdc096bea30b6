using System.Diagnostics;

namespace CodeInterpreter.TestProduct;

/// <summary>What an operator sees with the command line of the engine.</summary>
internal static class Docker
{
    // What a process of a sandbox in stock is called, until it runs code.
    private const string Waiting = "waiting";

    /// <summary>The containers of a runner, running or not.</summary>
    public static Task<string[]> ContainersOfAsync(string runnerId) =>
        RunAsync("ps", "--all", "--quiet", "--filter", $"label=code-interpreter.runner={runnerId}");

    /// <summary>The engine's socket on this machine.</summary>
    public static async Task<string> SocketAsync()
    {
        var endpoint = (await RunAsync("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")).Single();
        return new Uri(endpoint).LocalPath;
    }

    /// <summary>
    /// Whether a container has a process that is the code user for good and does not wait for code: the supervisor takes its uid only for
    /// a while, and stays root by its saved one.
    /// </summary>
    public static async Task<bool> RunsCodeAsync(string container) =>
        (await ListProcessesAsync(container, "suid")).Any(process => process is { Name: not Waiting, More: not "0" });

    /// <summary>The command lines of a container's processes, without the one that waits for code; none when it is gone.</summary>
    public static async Task<string[]> ProcessesOfAsync(string container) =>
        [.. (await ListProcessesAsync(container, "args")).Where(process => process.Name != Waiting).Select(process => process.More)];

    /// <summary>Kills containers, some of which may be ending by themselves; at the end none of them runs.</summary>
    public static async Task KillAsync(string[] containers)
    {
        using var docker = Start(["kill", .. containers]);
        var said = docker.StandardError.ReadToEndAsync();
        await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        var running = (await RunAsync("ps", "--quiet")).Intersect(containers).ToArray();
        if (running.Length > 0)
            throw new InvalidOperationException($"{string.Join(' ', running)} could not be killed: {await said}");
    }

    public static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var docker = Start(arguments);
        var error = docker.StandardError.ReadToEndAsync();
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        if (docker.ExitCode != 0)
            throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<IEnumerable<(string Name, string More)>> ListProcessesAsync(string container, string column)
    {
        // The engine itself needs the ids.
        using var docker = Start("top", container, "-eo", $"pid,comm,{column}");
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(fields => (fields[1], fields[2]));
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
