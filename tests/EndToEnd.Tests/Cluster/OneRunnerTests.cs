using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>What becomes of executions that no runner is left for: a broker, a file store, a gateway, and one runner with one slot.</summary>
public sealed class OneRunnerTests : IAsyncLifetime
{
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly string _user = StandaloneFixture.NewUser();
    private readonly List<ServiceProcess> _services = [];
    private RabbitMqServer _broker = null!;
    private ServiceProcess _gateway = null!;
    private ServiceProcess _runner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KeyValuePair<string, string>[] Bus =>
    [
        new("MessageBus:RabbitMq", _broker.Url.ToString()), new("MessageBus:QueueLimit", "3"), new("MessageBus:Redeliveries", "0"),
    ];

    public async ValueTask InitializeAsync()
    {
        _broker = await RabbitMqServer.LaunchAsync();
        var store = await StartAsync("FileStore", [new("FileStore:DataDirectory", Path.Combine(_directory, "files"))]);
        _runner = await StartAsync(
            "Runner", [.. Bus, new("Runner:FileStoreAddress", $"{store.GrpcAddress}"), new("Runner:Slots", "1"), new("Pool:Bare", "1"), new("Pool:Data", "0")]);
        _gateway = await StartAsync(
            "Gateway",
            [
                .. Bus, new("Gateway:FileStoreAddress", $"{store.GrpcAddress}"),
                new("Gateway:DataDirectory", Path.Combine(_directory, "gateway")),
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_services.Select(service => service.DisposeAsync().AsTask()));
        }
        finally
        {
            await _broker.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task TheQueueIsFull_MoreIsRefusedAtOnce_AndWhatWasTakenIsRun()
    {
        var taken = new List<string>();
        HttpResponseMessage answer;
        // The broker lets a few more in than it should, and the first one is already with the runner.
        while ((answer = await SubmitAsync("import time\ntime.sleep(2)\nprint('run')")).IsSuccessStatusCode)
        {
            taken.Add((await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!.Text("execution_id"));
            answer.Dispose();
            taken.Count.ShouldBeLessThan(10);
        }

        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, await answer.Content.ReadAsStringAsync(Token));
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        foreach (var id in taken) (await _gateway.ResultAsync(_user, id)).Text("output").ShouldBe("run\n");
    }

    [Fact]
    public async Task TheRunnerIsKilled_AndTheExecutionIsGivenToNoOther_ItsCallerHearsThatItIsLost()
    {
        using var answer = await SubmitAsync("import time\ntime.sleep(60)");
        var id = (await answer.Content.ReadFromJsonAsync<JsonObject>(Token))!.Text("execution_id");
        await Eventually.TrueAsync(async () =>
            (await _gateway.Http.GetFromJsonAsync<JsonObject>($"/v1/executions/{id}?user_id={_user}", Token))!.Text("status") == "Running");

        await _runner.KillAsync();

        var result = await _gateway.ResultAsync(_user, id);
        result.Text("outcome").ShouldBe("RunnerLost");
        result.Text("message").ShouldNotBeEmpty();
    }

    private Task<HttpResponseMessage> SubmitAsync(string code) =>
        _gateway.Http.PostAsJsonAsync("/v1/executions/submit", new { user_id = _user, code }, Token);

    private async Task<ServiceProcess> StartAsync(string service, params KeyValuePair<string, string>[] settings)
    {
        var started = await ServiceProcess.StartAsync(service, settings);
        _services.Add(started);
        return started;
    }
}
