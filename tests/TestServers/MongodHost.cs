using System.Diagnostics;
using System.Globalization;

namespace CodeInterpreter.TestServers;

/// <summary>A <c>mongod</c> process with a data directory of its own.</summary>
internal sealed class MongodHost : IServerHost
{
    private const string Program = "mongod";
    private const string DirectoryPrefix = "code-interpreter-mongod-";

    private readonly string _directory = Directory.CreateTempSubdirectory($"{DirectoryPrefix}{Owner.Id}-").FullName;

    private Process? _process;

    public MongodHost() => RemoveAbandoned();

    public static bool IsInstalled => CommandLine.IsOnPath(Program);

    public string Description => Program;

    public int Port { get; } = FreePort.Find();

    private string LogPath => Path.Combine(_directory, "log");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        _process?.Dispose();
        _process = Process.Start(
            Program,
            [
                "--quiet",
                "--bind_ip",
                "127.0.0.1",
                "--port",
                port,
                "--dbpath",
                _directory,
                "--nounixsocket",
                "--logpath",
                LogPath,
                "--pidfilepath",
                PidPath(_directory),
            ]
        );
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var id = Running.Id.ToString(CultureInfo.InvariantCulture);
        await CommandLine.RunAsync("kill", ["-TERM", id], cancellationToken);
        await Running.WaitForExitAsync(cancellationToken);
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        Running.Kill();
        await Running.WaitForExitAsync(cancellationToken);
    }

    public async Task<string> ReadLogAsync(CancellationToken cancellationToken) =>
        File.Exists(LogPath) ? string.Join('\n', (await File.ReadAllLinesAsync(LogPath, cancellationToken)).TakeLast(40)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync(CancellationToken.None);
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Process Running => _process ?? throw new InvalidOperationException($"{Program} was not started.");

    private static string PidPath(string directory) => Path.Combine(directory, "pid");

    private static void RemoveAbandoned()
    {
        foreach (var directory in Directory.GetDirectories(Path.GetTempPath(), DirectoryPrefix + "*"))
        {
            if (Owner.IsAlive(Path.GetFileName(directory)[DirectoryPrefix.Length..].Split('-')[0]))
                continue;
            try
            {
                KillByPidFile(PidPath(directory));
                Directory.Delete(directory, recursive: true);
            }
            // Another test run may remove it at the same time.
            catch (IOException) { }
        }
    }

    private static void KillByPidFile(string path)
    {
        if (!File.Exists(path) || !int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id))
            return;
        try
        {
            using var process = Process.GetProcessById(id);
            // The id may be somebody else's by now.
            if (process.ProcessName != Program)
                return;
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException) { }
    }
}
