using System.Diagnostics;

namespace CodeInterpreter.Kubernetes.Tests.Building;

/// <summary>Runs programs that print something.</summary>
internal static class Script
{
    /// <summary>What the script of this repository prints.</summary>
    public static Task<string> RunAsync(string path) => RunAsync(Repository.PathOf(path), []);

    public static async Task<string> RunAsync(string program, string[] arguments)
    {
        var (exitCode, output, errors) = await EndOfAsync(program, arguments);
        exitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    /// <summary>How a program ends, with these variables in its environment; one that is null is not there.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> EndOfAsync(
        string program,
        string[] arguments,
        params (string Name, string? Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
