using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.TestProduct;

/// <summary>A service as its users run it: a process of its own, on free loopback ports.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CallPatience = TimeSpan.FromMinutes(6);

    private readonly Process _process;
    private readonly Queue<string> _log = new();

    private ServiceProcess(Process process, int httpPort, int grpcPort)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}"), Timeout = CallPatience };
        GrpcAddress = new Uri($"http://127.0.0.1:{grpcPort}");
    }

    public HttpClient Http { get; }

    public Uri GrpcAddress { get; }

    public int Id => _process.Id;

    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Starts a service of this repository, by the name of its folder, and returns at once.</summary>
    public static ServiceProcess Launch(string service, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var (httpPort, grpcPort) = (FreePort.Find(), FreePort.Find());
        var start = ProgramOf(service);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // As in the images.
        start.Environment["DOTNET_GCgen0size"] = "0x1000000";
        start.Environment["Kestrel__Endpoints__Http__Url"] = $"http://127.0.0.1:{httpPort}";
        start.Environment["Kestrel__Endpoints__Grpc__Url"] = $"http://127.0.0.1:{grpcPort}";
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var launched = new ServiceProcess(Process.Start(start)!, httpPort, grpcPort);
        launched._process.OutputDataReceived += (_, line) => launched.Note(line.Data);
        launched._process.ErrorDataReceived += (_, line) => launched.Note(line.Data);
        launched._process.BeginOutputReadLine();
        launched._process.BeginErrorReadLine();
        return launched;
    }

    /// <summary>Starts a service and returns when it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string service, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var launched = Launch(service, settings);
        await launched.UntilReadyAsync();
        return launched;
    }

    /// <summary>Runs a service's program until it ends by itself, and returns what it said.</summary>
    public static async Task<ProgramEnd> RunAsync(
        string service,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> settings,
        string? directory = null
    )
    {
        var start = ProgramOf(service);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        if (directory is not null)
            start.WorkingDirectory = directory;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Patience);
            return new ProgramEnd(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    public Task UntilReadyAsync() => UntilHealthyAsync("/health/ready");

    /// <summary>Waits until the service answers, whether or not it has what it needs.</summary>
    public Task UntilListeningAsync() => UntilHealthyAsync("/health/live");

    private async Task UntilHealthyAsync(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (_process.HasExited)
                throw new InvalidOperationException("The process ended:\n" + Log);
            try
            {
                using var answer = await Http.GetAsync(path, patience.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException("The service did not get ready:\n" + Log);
            }
        } while (await poll.WaitForNextTickAsync(CancellationToken.None));
    }

    /// <summary>Ends the process as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop and returns at once.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process and returns its exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
            await TerminateAsync();
        return await ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
            Http.Dispose();
        }
    }

    public static string AssemblyOf(string service) =>
        typeof(ServiceProcess)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == service)
            .Value!;

    // Where programs have been published as for the images, those; else what was built along with the tests.
    private static ProcessStartInfo ProgramOf(string service) =>
        Environment.GetEnvironmentVariable("CODE_INTERPRETER_PROGRAMS") is { Length: > 0 } programs
            ? new ProcessStartInfo(Path.Combine(programs, service, $"CodeInterpreter.{service}"))
            : new ProcessStartInfo("dotnet") { ArgumentList = { AssemblyOf(service) } };

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > 200)
                _log.Dequeue();
        }
    }
}
