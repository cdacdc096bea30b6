using System.Diagnostics;
using System.Net.Http.Json;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>An operator sees one execution as one trace, through all services.</summary>
[Collection(typeof(OneCluster))]
public sealed class TraceTests(ClusterFixture cluster)
{
    private static readonly (string Service, string Name)[] Expected =
    [
        ("Gateway", "POST /v1/executions"),
        ("Gateway", "amq.rabbitmq.reply-to send"),
        ("Runner", "execute-code receive"),
        ("Runner", "sandbox.take"),
        ("Runner", "inputs.stage"),
        ("Runner", "code.run"),
        ("Runner", "harvest"),
        ("FileStore", "FileService/Download"),
        ("FileStore", "FileService/Upload"),
    ];

    private readonly string _user = StandaloneFixture.NewUser();

    [Fact]
    public async Task Execution_IsOneTraceFromTheCallerToTheFileStore()
    {
        var input = await cluster.Gateways[0].UploadAsync(_user, "secret-in.txt", "x");
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/executions")
        {
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
            Content = JsonContent.Create(
                new
                {
                    user_id = _user,
                    code = $"open('secret-out.txt', 'w').write(load_file('{input}'))",
                    user_files = new[] { input },
                }
            ),
        };
        using var response = await cluster.Gateways[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() =>
            Expected.All(expected => SpansOf(expected.Service).Any(span => span.Name.Contains(expected.Name)))
        );

        SpansOf("Runner").ShouldAllBe(span => !span.Name.Contains("secret"));

        IEnumerable<TestProduct.Telemetry.Otlp.Span> SpansOf(string service) =>
            cluster
                .Spans.Where(collected =>
                    collected.Service.Contains(service) && Convert.ToHexStringLower(collected.Span.TraceId.Span) == trace.ToHexString()
                )
                .Select(collected => collected.Span);
    }
}
