using System.Net.Http.Json;
using CodeInterpreter.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Callers who leave in the middle of an answer: that is no error of the gateway.</summary>
public sealed class CallerGoneTests : IAsyncLifetime
{
    private readonly FakeLoggerProvider _log = new();
    private GatewayHost? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        new Dictionary<string, string?> { ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock" },
        TimeProvider.System,
        _log);

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Stream_TheCallerLeaves_LogsNoError()
    {
        var gateway = _gateway!;
        var mayFinish = new TaskCompletionSource();
        var code = gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions/stream");
        request.Content = JsonContent.Create(new { user_id = "u", code });

        using (var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            var events = await response.Content.ReadAsStreamAsync(Token);
            (await events.ReadAsync(new byte[16], Token)).ShouldBeGreaterThan(0);
        }

        mayFinish.SetResult();
        // A host that has stopped has ended all its requests.
        await gateway.DisposeAsync();
        _gateway = null;
        _log.Collector.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.ToString()).ShouldBeEmpty();
    }
}
