namespace CodeInterpreter.TestProduct;

/// <summary>The whole product in one process, with a data directory of its own.</summary>
internal sealed class StandaloneProcess(ServiceProcess process, string dataDirectory) : IAsyncDisposable
{
    public HttpClient Http => process.Http;

    public int ProcessId => process.Id;

    public Uri GrpcAddress => process.GrpcAddress;

    public string Log => process.Log;

    /// <summary>The runner's id, which is a label of all its containers.</summary>
    public string RunnerId => File.ReadAllText(Path.Combine(dataDirectory, "runner-id"));

    public static string NewDataDirectory() => Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    /// <summary>Starts the process and waits until it is ready.</summary>
    public static async Task<StandaloneProcess> StartAsync(string dataDirectory, params (string Name, string Value)[] settings)
    {
        // Tests start many, and need little of each.
        var all = new Dictionary<string, string>
        {
            ["Standalone:DataDirectory"] = dataDirectory,
            ["Pool:Bare"] = "2",
            ["Pool:Data"] = "1",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        return new StandaloneProcess(await ServiceProcess.StartAsync("Standalone", all), dataDirectory);
    }

    public Task KillAsync() => process.KillAsync();

    public Task<int> StopAsync() => process.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        if (Directory.Exists(dataDirectory))
            Directory.Delete(dataDirectory, recursive: true);
    }
}
