using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.Hostile.Tests.Hosting;

/// <summary>The whole product on a real engine, and what there is to see of it on the host.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    private const int Bare = 2;
    private const int Data = 1;

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("code-interpreter-hostile-");
    private readonly string _dataDirectory = StandaloneProcess.NewDataDirectory();
    private StandaloneProcess _product = null!;
    private Traces _before = null!;

    internal HttpClient Http => _product.Http;

    internal Uri GrpcAddress => _product.GrpcAddress;

    internal string RunnerId => _product.RunnerId;

    internal ResidentMemory Memory => new(_product.ProcessId);

    public async ValueTask InitializeAsync()
    {
        _product = await StandaloneProcess.StartAsync(
            _dataDirectory,
            ("Pool:Bare", $"{Bare}"),
            ("Pool:Data", $"{Data}"),
            ("FileStore:MaxUserFiles", "0"),
            // Where a program leaves what it should not.
            ("TMPDIR", _temporary.FullName)
        );
        // The first execution brings code into memory that stays there.
        await InnocentAsync();
        _before = await LookAsync();
        await Eventually.TrueAsync(async () => (_before = await LookAsync()).Sandboxes == Bare + Data);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.StopAsync();
        (await Docker.ContainersOfAsync(_product.RunnerId)).ShouldBeEmpty();
        await _product.DisposeAsync();
        _temporary.Delete(recursive: true);
    }

    internal static string NewUser() => $"hostile-{Guid.NewGuid():N}";

    internal async Task<JsonObject> ExecuteAsync(JsonObject request)
    {
        using var answer = await Http.PostAsJsonAsync("/v1/executions", request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>What was there before is there again and nothing more, and the next execution is served as if nothing had been.</summary>
    internal async Task ShouldBeCleanAsync()
    {
        await InnocentAsync();
        var now = await LookAsync();
        try
        {
            await Eventually.TrueAsync(async () => (now = await LookAsync()).IsNoMoreThan(_before));
        }
        catch (OperationCanceledException)
        {
            now.ShouldBe(_before, "Something stays behind.");
        }
    }

    /// <summary>An execution that wants nothing but to be served.</summary>
    internal async Task InnocentAsync()
    {
        var result = await ExecuteAsync(
            new JsonObject
            {
                ["user_id"] = NewUser(),
                ["code"] = "import os\nprint('fine', os.listdir('.'), os.listdir('/tmp'), os.listdir('/dev/shm'))",
            }
        );
        result.Text("output").ShouldBe("fine [] [] []\n", result.ToJsonString());
    }

    /// <summary>What the product holds in memory, in bytes.</summary>
    internal Task<long> MeasureHeldMemoryAsync() =>
        HeldMemory.MeasureAsync(_product.ProcessId, Http, TestContext.Current.CancellationToken);

    internal Task<Traces> LookAsync() => Traces.ReadAsync(_product, _dataDirectory, _temporary.FullName);
}
