using System.Globalization;
using System.Text.Json.Nodes;
using CodeInterpreter.EndToEnd.Tests.Executions;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>
/// Results as large as they get, several at a time, in services that have the memory which compose.yaml gives them: each is answered,
/// and none of the services needs more.
/// </summary>
public sealed class LargeResultTests : IAsyncLifetime
{
    private const int AtATime = 8;
    private const int StreamBytes = 1024 * 1024;

    /// <summary>What compose.yaml gives a gateway and a runner.</summary>
    private const long Limit = 768L * 1024 * 1024;

    // As in a container with that limit: see services/Dockerfile.
    private static readonly (string Name, string Value) HeapLimit = (
        "DOTNET_GCHeapHardLimit",
        "0x" + (Limit / 2).ToString("X", CultureInfo.InvariantCulture)
    );

    // The worst in JSON, the worst in UTF-8, and the worst in UTF-16 that comes whole.
    private static readonly string[] Codes =
    [
        $"import sys\nfor s in (sys.stdout, sys.stderr): s.write('\\x01' * {StreamBytes})",
        $"import sys\nfor s in (sys.stdout, sys.stderr): s.buffer.write(b'\\xff' * {StreamBytes})",
        $"import sys\nfor s in (sys.stdout, sys.stderr): s.write('a' * {StreamBytes})",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private SmallCluster _cluster = null!;

    private static int Executions => int.Parse(Environment.GetEnvironmentVariable("LARGE_RESULTS") ?? "30", CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync() =>
        _cluster = await SmallCluster.StartAsync([HeapLimit], [("Runner:Slots", "4"), ("Pool:Bare", "4")]);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task LargestResults_WaitedForAndStreamed_FitIntoTheMemoryOfAContainer()
    {
        var user = StandaloneFixture.NewUser();
        var results = new JsonObject[Executions];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, Executions),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
                async (i, token) => results[i] = await RunAsync(user, i).WaitAsync(Patience, token)
            );
        }
        finally
        {
            // What they have to say is lost with them.
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join("\n---\n", _cluster.Gateway.Log, _cluster.Runner.Log));
        }

        ReportAndCheckMemory();
        foreach (var (i, result) in results.Index())
        {
            result.Text("outcome").ShouldBe("Succeeded");
            result["output_bytes"]!.GetValue<int>().ShouldBe(StreamBytes);
            result["error_truncated"]!.GetValue<bool>().ShouldBe(i % Codes.Length < 2);
            if (i % Codes.Length == 2)
                result.Text("output").ShouldBe(new string('a', StreamBytes));
            else
                result.Text("output_file_id").ShouldNotBeEmpty();
        }
    }

    private Task<JsonObject> RunAsync(string user, int i) =>
        i / Codes.Length % 2 == 0
            ? _cluster.Gateway.ExecuteAsync($"{user}-{i % AtATime}", Codes[i % Codes.Length])
            : StreamAsync($"{user}-{i % AtATime}", Codes[i % Codes.Length]);

    private async Task<JsonObject> StreamAsync(string user, string code)
    {
        await using var stream = await EventStream.PostAsync(_cluster.Gateway.Http, new { user_id = user, code });
        var finished = await stream.UntilAsync("finished");
        return finished.Data["result"]!.AsObject();
    }

    private void ReportAndCheckMemory()
    {
        var peaks = new (string Service, long Bytes)[]
        {
            ("gateway", new ResidentMemory(_cluster.Gateway.Id).PeakBytes),
            ("runner", new ResidentMemory(_cluster.Runner.Id).PeakBytes),
        };
        foreach (var (service, bytes) in peaks)
            TestContext.Current.TestOutputHelper!.WriteLine($"{service}: at most {bytes >> 20} MiB of {Limit >> 20} MiB");
        peaks.ShouldAllBe(peak => peak.Bytes < Limit);
        (_cluster.Gateway.Log + _cluster.Runner.Log).ShouldNotContain("OutOfMemoryException");
    }
}
