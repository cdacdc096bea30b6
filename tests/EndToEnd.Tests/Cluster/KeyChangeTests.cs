using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;
using CodeInterpreter.Files.V1;
using CodeInterpreter.TestServers;
using Grpc.Core;
using Grpc.Net.Client;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>
/// The change of keys and broker accounts that docs/operations.md describes, one replica after the other, with executions under way.
/// Replicas come in pairs of a file store and a gateway. Each gateway uses the file store of the other pair, and the runner that of the
/// second.
/// </summary>
public sealed class KeyChangeTests : IAsyncLifetime
{
    private static readonly string Old = NewKey();
    private static readonly string New = NewKey();

    private static readonly Step Before = new(Old, "", "");
    private static readonly Step[] Steps = [new(Old, New, ""), new(New, Old, "-2"), new(New, "", "-2")];

    private readonly string _user = StandaloneFixture.NewUser();
    private readonly string _directory = StandaloneProcess.NewDataDirectory();
    private readonly string _database = MongoServer.NewDatabaseName();
    private readonly int[] _ports = [FreePort.Find(), FreePort.Find()];
    private readonly ServiceProcess[] _stores = new ServiceProcess[2];
    private readonly ServiceProcess[] _gateways = new ServiceProcess[2];
    private RabbitMqServer _broker = null!;
    private MongoServer _mongo = null!;
    private ServiceProcess _runner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await RabbitMqServer.LaunchWithAccountsAsync();
        _mongo = await MongoServer.LaunchAsync();
        _stores[0] = await StartStoreAsync(0, Before);
        _stores[1] = await StartStoreAsync(1, Before);
        _runner = await StartRunnerAsync("runner");
        _gateways[0] = await StartGatewayAsync(0, Before);
        _gateways[1] = await StartGatewayAsync(1, Before);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Append(_runner).OfType<ServiceProcess>().Select(service => service.DisposeAsync().AsTask()));
        await Task.WhenAll(_stores.OfType<ServiceProcess>().Select(service => service.DisposeAsync().AsTask()));
        await _mongo.DisposeAsync();
        await _broker.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Keys_WhileTheyAreChanged_LoseNoExecutionNoFileAndNoLink()
    {
        await _broker.ImportAccountsAsync("-2", Token);
        var file = await _gateways[0].UploadAsync(_user, "kept.txt", "kept");
        var link = await LinkAsync(_gateways[0], file);

        foreach (var step in Steps)
        {
            foreach (var replica in (int[])[0, 1])
            {
                string[] running = [await BeginAsync(_gateways[0]), await BeginAsync(_gateways[1])];
                await ReplaceAsync(replica, step);
                foreach (var executionId in running)
                    await FinishAsync(_gateways[1 - replica], executionId);
                // After the last step, links of the old key end.
                if (step.Accepted.Length > 0)
                    (await _gateways[replica].Http.GetStringAsync(link, Token)).ShouldBe("kept");
            }

            if (step == Steps[1])
            {
                await ReplaceRunnerAsync("runner-2");
                await Task.WhenAll(_broker.DeleteAccountAsync("gateway", Token), _broker.DeleteAccountAsync("runner", Token));
            }
        }

        await FinishAsync(_gateways[1], await BeginAsync(_gateways[0]));
        (await _gateways[0].Http.StatusAsync(link)).ShouldBe(HttpStatusCode.Forbidden);
        (await RefusalAsync(PlainToken.ForService(Convert.FromBase64String(Old)))).ShouldBe(StatusCode.Unauthenticated);
        (await RefusalAsync(PlainToken.ForService(Convert.FromBase64String(New)))).ShouldBeNull();
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Starts an execution that stores a file when it gets input.</summary>
    private async Task<string> BeginAsync(ServiceProcess gateway)
    {
        var executionId = await gateway.Http.SubmitAsync(
            new { user_id = _user, code = "open('out.txt', 'w').write(input())" },
            "interactive"
        );
        await Eventually.TrueAsync(async () =>
            (await gateway.Http.GetFromJsonAsync<JsonObject>($"/v1/executions/{executionId}?user_id={_user}"))!.Text("status") == "Running"
        );
        return executionId;
    }

    private async Task FinishAsync(ServiceProcess gateway, string executionId)
    {
        await gateway.Http.FeedAsync(_user, executionId, "written\n");
        var result = await gateway.Http.WaitAsync(_user, executionId);
        result.Text("outcome").ShouldBe("Succeeded", result.ToJsonString());
        var file = result.Objects("generated_files").ShouldHaveSingleItem(result.ToJsonString());
        (await gateway.DownloadAsync(_user, file.Text("file_id"))).ShouldBe("written");
    }

    private async Task<string> LinkAsync(ServiceProcess gateway, string fileId)
    {
        using var answer = await gateway.Http.PostAsync($"/v1/files/{fileId}/link?user_id={_user}", content: null);
        return new Uri((await answer.Content.ReadFromJsonAsync<JsonObject>())!.Text("url")).PathAndQuery;
    }

    private async Task ReplaceAsync(int replica, Step step)
    {
        await Task.WhenAll(_gateways[replica].DisposeAsync().AsTask(), _stores[replica].DisposeAsync().AsTask());
        _stores[replica] = await StartStoreAsync(replica, step);
        _gateways[replica] = await StartGatewayAsync(replica, step);
    }

    private async Task ReplaceRunnerAsync(string account)
    {
        var next = await StartRunnerAsync(account);
        await _runner.DisposeAsync();
        _runner = next;
    }

    private Task<ServiceProcess> StartStoreAsync(int replica, Step step) =>
        ServiceProcess.StartAsync(
            "FileStore",
            [
                .. Database(),
                .. step.Trust,
                new("FileStore:DataDirectory", _directory),
                new("Kestrel:Endpoints:Grpc:Url", $"http://127.0.0.1:{_ports[replica]}"),
            ]
        );

    private Task<ServiceProcess> StartGatewayAsync(int replica, Step step) =>
        ServiceProcess.StartAsync(
            "Gateway",
            [
                .. Database(),
                .. step.Trust,
                .. step.Links,
                new("MessageBus:RabbitMq", _broker.UrlOf($"gateway{step.Account}").ToString()),
                new("Gateway:FileStoreAddress", $"http://127.0.0.1:{_ports[1 - replica]}"),
            ]
        );

    private Task<ServiceProcess> StartRunnerAsync(string account) =>
        ServiceProcess.StartAsync(
            "Runner",
            [
                new("MessageBus:RabbitMq", _broker.UrlOf(account).ToString()),
                new("Runner:FileStoreAddress", $"http://127.0.0.1:{_ports[1]}"),
                new("Runner:Slots", "4"),
                new("Pool:Bare", "2"),
                new("Pool:Data", "0"),
            ]
        );

    private IEnumerable<KeyValuePair<string, string>> Database() =>
        [new("Database:Provider", "MongoDb"), new("Database:MongoDb", _mongo.ConnectionString), new("Database:Name", _database)];

    private async Task<StatusCode?> RefusalAsync(string token)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{_ports[0]}");
        try
        {
            await new FileService.FileServiceClient(channel).ListAsync(
                new ListFilesRequest { UserId = _user },
                new Metadata { { "authorization", $"Bearer {token}" } }
            );
            return null;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    /// <summary>The settings of replicas at a step of the change.</summary>
    /// <param name="Key">The key that signs.</param>
    /// <param name="Accepted">The second key, or none.</param>
    /// <param name="Account">The suffix of the broker account.</param>
    private sealed record Step(string Key, string Accepted, string Account)
    {
        public IEnumerable<KeyValuePair<string, string>> Trust => KeysIn("Trust");

        public IEnumerable<KeyValuePair<string, string>> Links => KeysIn("Gateway:Links");

        private IEnumerable<KeyValuePair<string, string>> KeysIn(string section) =>
            [new($"{section}:Key", Key), new($"{section}:AcceptedKey", Accepted)];
    }
}
