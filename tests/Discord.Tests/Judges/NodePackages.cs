using System.Diagnostics;
using System.Reflection;
using CodeInterpreter.Discord.Tests.Judges;

[assembly: AssemblyFixture(typeof(NodePackages))]

namespace CodeInterpreter.Discord.Tests.Judges;

/// <summary>A folder with the judges' scripts and the packages that they use. Nothing is installed until a test asks.</summary>
public sealed class NodePackages : IDisposable
{
    private readonly Lazy<Task<string>> _folder = new(InstallAsync);

    private static string Scripts =>
        Path.Combine(
            typeof(ServiceProcess)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "Root")
                .Value!,
            "tests/Discord.Tests/Judges/Node"
        );

    public void Dispose()
    {
        if (_folder.IsValueCreated && _folder.Value.IsCompletedSuccessfully)
            Directory.Delete(_folder.Value.Result, recursive: true);
    }

    /// <summary>Runs a program in the folder until it ends, and returns how it ended and all that it printed.</summary>
    internal async Task<(int ExitCode, string Output)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var folder = await _folder.Value;
        return await RunAsync(folder, program, arguments);
    }

    /// <summary>Starts a script in the folder, whose input and output the caller has.</summary>
    internal async Task<Process> StartAsync(string script, params IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo("node", [script, .. arguments])
            {
                WorkingDirectory = await _folder.Value,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    /// <summary>Writes a file into the folder, and returns its path.</summary>
    internal async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(await _folder.Value, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Directory.CreateTempSubdirectory("discord-judges-").FullName;
        foreach (var file in Directory.GetFiles(Scripts))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var (exitCode, output) = await RunAsync(
            folder,
            "npm",
            ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        );
        exitCode.ShouldBe(0, output);
        return folder;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
