using System.Text.RegularExpressions;
using CodeInterpreter.TestServers;

namespace CodeInterpreter.EndToEnd.Tests.Starts;

/// <summary>What the services log when nothing is wrong, and when a server that they need is away.</summary>
public sealed partial class LogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("code-interpreter-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Start_LogsNoWarningAndEveryEntryHasItsTime()
    {
        // Readiness is asked from the first moment on, long before the first sandbox is there.
        await using var product = await StandaloneProcess.StartAsync(StandaloneProcess.NewDataDirectory());

        product.Log.ShouldNotContain("warn:");
        product.Log.ShouldNotContain("fail:");
        product.Log.ShouldNotContain("crit:");
        var entries = product.Log.Split('\n').Where(line => !line.StartsWith(' ')).ToList();
        entries.ShouldNotBeEmpty();
        entries.ShouldAllBe(line => UtcTime().IsMatch(line));
        SectionLine().Count(product.Log).ShouldBe(SectionLine().Matches(product.Log).Select(match => match.Value).Distinct().Count());
        product.Log.ShouldContain("Settings of Gateway:Access: Mode=Loopback");
        product.Log.ShouldContain("Settings of FileStore: DataDirectory=");
        product.Log.ShouldContain("Settings of Trust: Key=***");
    }

    [Fact]
    public async Task ReadinessCheck_ServersUnavailable_IsLoggedOnce()
    {
        await using var gateway = ServiceProcess.Launch(
            "Gateway",
            new Dictionary<string, string>
            {
                ["Gateway:DataDirectory"] = _directory,
                ["Gateway:FileStoreAddress"] = "unix:///nowhere/files.sock",
                ["Database:Provider"] = "MongoDb",
                ["Database:MongoDb"] = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200",
                ["MessageBus:RabbitMq"] = "amqp://127.0.0.1:1/",
                ["Logging:Console:FormatterName"] = "simple",
            }
        );
        await gateway.UntilListeningAsync();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeFalse();
        }

        await Eventually.TrueAsync(() => gateway.Log.Contains("Check executions is Unhealthy now", StringComparison.Ordinal));

        gateway.Log.ShouldNotContain("   at ");
        // One for each of the three, whatever has to wait for them.
        Occurrences(gateway.Log, "warn:").ShouldBeLessThanOrEqualTo(3);
        gateway.Log.ShouldNotContain("fail:");
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z ")]
    private static partial Regex UtcTime();

    [GeneratedRegex(@"Settings of [\w:]+: ")]
    private static partial Regex SectionLine();
}
