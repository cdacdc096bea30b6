using System.Diagnostics;
using System.Net;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Cluster;

/// <summary>The engine goes away and comes back; the runner notices, waits, and goes on.</summary>
public sealed class EngineOutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheEngineIsAwayForHalfAMinute_TheRunnerIsNotReady_AndExecutionsWaitUntilItIsBack()
    {
        await using var engine = new UnixSocketProxy(await Docker.SocketAsync());
        engine.Connect();
        await using var product = await StandaloneProcess.StartAsync(
            StandaloneProcess.NewDataDirectory(), ("Docker:Endpoint", "unix://" + engine.Path), ("Pool:Data", "0"));
        var user = StandaloneFixture.NewUser();
        (await product.ExecuteAsync(user, "print('before')")).Text("output").ShouldBe("before\n");

        await engine.CutAsync();
        var began = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () => await ReadinessAsync(product) == HttpStatusCode.ServiceUnavailable);
        var during = Enumerable.Range(0, 12)
            .Select(i => product.ExecuteAsync(user, $"open('{i}.txt', 'w').write('{i}')\nprint({i})"))
            .ToList();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (Stopwatch.GetElapsedTime(began) < Outage)
        {
            (await ReadinessAsync(product)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await product.Http.StatusAsync("/health/live")).ShouldBe(HttpStatusCode.OK, "it is not to be restarted for that");
            during.ShouldAllBe(answer => !answer.IsCompleted);
            await poll.WaitForNextTickAsync(Token);
        }

        engine.Connect();

        var results = await Task.WhenAll(during);
        results.Select(result => result.Text("output")).ShouldBe(Enumerable.Range(0, 12).Select(i => $"{i}\n"));
        results.Select(result => result.Objects("generated_files").Single().Text("file_id")).Distinct().Count().ShouldBe(12);
        await Eventually.TrueAsync(async () => await ReadinessAsync(product) == HttpStatusCode.OK);
    }

    private static Task<HttpStatusCode> ReadinessAsync(StandaloneProcess product) => product.Http.StatusAsync("/health/ready");
}
