using System.ComponentModel;
using System.Diagnostics;

namespace CodeInterpreter.TestServers;

/// <summary>Runs a program to its end.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <returns>What it wrote to its two outputs.</returns>
    /// <exception cref="InvalidOperationException">It is not there, or failed.</exception>
    /// <exception cref="TimeoutException">It did not end within 90 seconds.</exception>
    public static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        using var process = Start(program, arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            if (process.ExitCode == 0)
                return await output + await errors;
            throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` failed: {await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"`{program} {string.Join(' ', arguments)}` did not end within {Timeout.TotalSeconds} s.");
        }
    }

    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"`{program}` cannot be started: {exception.Message}", exception);
        }
    }
}
