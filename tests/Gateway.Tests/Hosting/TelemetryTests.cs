using System.Diagnostics;
using CodeInterpreter.Gateway.Tests.Http;

namespace CodeInterpreter.Gateway.Tests.Hosting;

/// <summary>
/// What an operator sees of an execution. Metrics are asked of a host of this class's own: an answer is kept for a moment.
/// </summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(new Uri($"unix:///nowhere/{Guid.NewGuid():N}.sock"));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Metrics_AfterExecutions_AreServedAsPrometheusText()
    {
        using var accepted = await _gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": "secret" }""");
        using var refused = await _gateway.Http.ExecuteAsync("""{ "user_id": "u", "code": null }""");

        using var response = await _gateway.Http.GetAsync("/metrics", Token);

        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("text/plain");
        var lines = (await response.Content.ReadAsStringAsync(Token)).Split('\n');
        lines.ShouldContain(line => line.StartsWith("code_interpreter_gateway_executions_accepted_total{"));
        lines.ShouldContain(line =>
            line.StartsWith("code_interpreter_gateway_executions_refused_total{") && line.Contains("reason=\"invalid_request\"")
        );
        lines.ShouldContain(line =>
            line.StartsWith("code_interpreter_gateway_execution_duration_seconds_bucket{") && line.Contains("outcome=\"succeeded\"")
        );
        lines.ShouldContain(line => line.StartsWith("code_interpreter_gateway_calls_waiting{"));
        lines.ShouldContain(line => line.StartsWith("code_interpreter_gateway_data_free_bytes{") && !line.EndsWith(" 0"));
        lines.ShouldContain(line => line.StartsWith("messaging_masstransit_consume_"));
        lines.ShouldContain(line => line.StartsWith("http_server_request_duration_seconds_count{"));
        lines.ShouldContain(line => line.StartsWith("dotnet_"));
        lines.ShouldNotContain(line => line.Contains("secret") || line.Contains("execution-replies"));
    }

    [Fact]
    public async Task Trace_OfTheCaller_ReachesTheRunner()
    {
        var caller = (Trace: ActivityTraceId.CreateRandom(), Span: ActivitySpanId.CreateRandom());
        var arrived = new TaskCompletionSource<ActivityTraceId?>();
        var code = _gateway.Runner.Add(async context =>
        {
            arrived.SetResult(Activity.Current?.TraceId);
            await RunnerScript.FinishAsync(context, RunnerScript.Succeeded(""));
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions")
        {
            Headers = { { "traceparent", $"00-{caller.Trace}-{caller.Span}-01" } },
            Content = new StringContent($$"""{ "user_id": "u", "code": "{{code}}" }""", null, "application/json"),
        };

        using var response = await _gateway.Http.SendAsync(request, Token);

        (await arrived.Task).ShouldBe(caller.Trace);
    }
}
