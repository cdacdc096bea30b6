using System.Diagnostics;
using System.Reflection;

namespace CodeInterpreter.Client.Tests;

/// <summary>Programs beside the tests.</summary>
internal static class CommandLine
{
    /// <summary>The repository.</summary>
    public static string Root { get; } =
        Path.GetFullPath(
            typeof(ServiceProcess)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "Root")
                .Value!
        );

    /// <summary>Runs a program that succeeds, and returns what it printed.</summary>
    public static async Task<string> RunAsync(ProcessStartInfo start, string? input = null)
    {
        var (exitCode, output, error) = await TryAsync(start, input);
        exitCode.ShouldBe(0, $"{start.FileName} {string.Join(' ', start.ArgumentList)}\n{output}{error}");
        return output;
    }

    /// <summary>Runs a program, and returns how it ended; a program that is not there ends with -1.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(ProcessStartInfo start, string? input = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, "", exception.Message);
        }

        using (process)
        {
            var token = TestContext.Current.CancellationToken;
            var error = process.StandardError.ReadToEndAsync(token);
            var output = process.StandardOutput.ReadToEndAsync(token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(token);
            return (process.ExitCode, await output, await error);
        }
    }
}
