using System.Net.Sockets;
using System.Text;
using CodeInterpreter.Gateway.Executions.Watching;
using CodeInterpreter.Gateway.Tests.Hosting;
using CodeInterpreter.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.Gateway.Tests.Http;

/// <summary>Callers who leave in the middle of an answer: that is no error of the gateway.</summary>
public sealed class CallerGoneTests : IAsyncLifetime
{
    private readonly FakeLoggerProvider _log = new();
    private GatewayHost? _gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(
            new Dictionary<string, string?> { ["Gateway:FileStoreAddress"] = $"unix:///nowhere/{Guid.NewGuid():N}.sock" },
            TimeProvider.System,
            _log
        );

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Stream_CallerDisconnects_LogsNoError()
    {
        var gateway = _gateway!;
        var mayFinish = new TaskCompletionSource();
        var code = gateway.Runner.Add(async context =>
        {
            await RunnerScript.StartAsync(context);
            await mayFinish.Task;
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });

        await StreamAndLeaveAsync(gateway.Http.BaseAddress!, $$"""{"user_id": "u", "code": "{{code}}"}""");
        var waiting = gateway.Services.GetRequiredService<Subscriptions>();
        await Eventually.TrueAsync(() => waiting.Count == 0);

        mayFinish.SetResult();
        // A host that has stopped has ended all its requests.
        await gateway.DisposeAsync();
        _gateway = null;
        _log.Collector.GetSnapshot().Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.ToString()).ShouldBeEmpty();
    }

    private static async Task StreamAndLeaveAsync(Uri address, string body)
    {
        using var client = new TcpClient { LingerState = new LingerOption(enable: true, seconds: 0) };
        await client.ConnectAsync(address.Host, address.Port, Token);
        var stream = client.GetStream();
        var head = $"POST /v1/executions/stream HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n{body}"), Token);
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(Token) is { } line && line != "event: started") { }
    }
}
