using System.Net;
using System.Text.Json;
using CodeInterpreter.Runner.Cluster;
using CodeInterpreter.Runner.Executions;
using CodeInterpreter.Runner.Tests.Executions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CodeInterpreter.Runner.Tests.Cluster;

public sealed class PodDeletionCostTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _account = Directory.CreateTempSubdirectory("service-account-");
    private readonly ApiServer _server = new();
    private readonly FakeLogger<PodDeletionCost> _log = new();
    private readonly ActiveExecutions _executions;
    private readonly Pod _pod;
    private readonly PodDeletionCost _cost;

    public PodDeletionCostTests()
    {
        File.WriteAllText(Path.Combine(_account.FullName, "namespace"), "runners");
        File.WriteAllText(Path.Combine(_account.FullName, "token"), "first");
        _executions = new ActiveExecutions(_time);
        _pod = new Pod(new Uri("https://api.example/"), _account.FullName, _server);
        _cost = new PodDeletionCost(_pod, _executions, _time, _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _cost.StopAsync(CancellationToken.None);
        _cost.Dispose();
        _pod.Dispose();
        _executions.Dispose();
        _account.Delete(recursive: true);
    }

    [Fact]
    public async Task DeletionCost_NumberOfExecutionsChanges_IsWritten()
    {
        await _cost.StartAsync(TestContext.Current.CancellationToken);
        (await _server.NextAsync()).Cost.ShouldBe("0");

        _executions.Begin(TestCommand.Create("a", "u"));
        _executions.Begin(TestCommand.Create("b", "u"));
        _time.Advance(PodDeletionCost.Interval);
        (await _server.NextAsync()).Cost.ShouldBe("2");

        // Nothing changes for a while, so the next request is about the end of an execution.
        _time.Advance(PodDeletionCost.Interval);
        _time.Advance(PodDeletionCost.Interval);
        _executions.End(TestCommand.Create("a", "u"));
        _time.Advance(PodDeletionCost.Interval);
        (await _server.NextAsync()).Cost.ShouldBe("1");
    }

    [Fact]
    public async Task Request_PatchesItsOwnPodWithTheCurrentToken()
    {
        await _cost.StartAsync(TestContext.Current.CancellationToken);
        var first = await _server.NextAsync();
        await File.WriteAllTextAsync(Path.Combine(_account.FullName, "token"), "second\n", TestContext.Current.CancellationToken);
        _executions.Begin(TestCommand.Create("a", "u"));
        _time.Advance(PodDeletionCost.Interval);
        var second = await _server.NextAsync();

        first.Target.ShouldBe($"PATCH https://api.example/api/v1/namespaces/runners/pods/{Environment.MachineName}/status");
        first.ContentType.ShouldBe("application/merge-patch+json");
        first.Authorization.ShouldBe("Bearer first");
        second.Authorization.ShouldBe("Bearer second");
    }

    [Fact]
    public async Task Request_RefusedByTheApiServer_IsLoggedAndRetried()
    {
        _server.Status = HttpStatusCode.Forbidden;
        await _cost.StartAsync(TestContext.Current.CancellationToken);
        await _server.NextAsync();
        _server.Status = HttpStatusCode.OK;
        _time.Advance(PodDeletionCost.Interval);

        (await _server.NextAsync()).Cost.ShouldBe("0");
        _log.LatestRecord.Message.ShouldContain("did not accept");
    }

    private sealed record Request(string Target, string? ContentType, string? Authorization, string Cost);

    private sealed class ApiServer : HttpMessageHandler
    {
        private readonly System.Threading.Channels.Channel<Request> _requests =
            System.Threading.Channels.Channel.CreateUnbounded<Request>();

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public async Task<Request> NextAsync() => await _requests.Reader.ReadAsync(TestContext.Current.CancellationToken);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var status = Status;
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var cost = body.RootElement.GetProperty("metadata").GetProperty("annotations").GetProperty(PodDeletionCost.Annotation);
            _requests.Writer.TryWrite(
                new Request(
                    $"{request.Method} {request.RequestUri}",
                    request.Content.Headers.ContentType?.MediaType,
                    $"{request.Headers.Authorization}",
                    cost.GetString()!
                )
            );
            return new HttpResponseMessage(status);
        }
    }
}
