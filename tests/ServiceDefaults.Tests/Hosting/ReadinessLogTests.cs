using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Hosting;

public sealed class ReadinessLogTests
{
    private readonly FakeLogger<ReadinessLog> _logger = new();

    [Fact]
    public async Task Outage_IsLoggedOnceAndItsEndOnce()
    {
        var log = new ReadinessLog(_logger);
        HealthStatus[] statuses =
        [
            HealthStatus.Healthy,
            HealthStatus.Unhealthy,
            HealthStatus.Unhealthy,
            HealthStatus.Unhealthy,
            HealthStatus.Healthy,
            HealthStatus.Healthy,
        ];
        foreach (var status in statuses)
            await PublishAsync(log, status);

        var records = _logger.Collector.GetSnapshot();
        records.Select(record => record.Level).ShouldBe([LogLevel.Warning, LogLevel.Information]);
        records[0].Message.ShouldBe("Check database is Unhealthy now: It does not answer. TimeoutException: after 5 s of waiting");
        records[0].Exception.ShouldBeNull();
        records[1].Message.ShouldBe("Check database is healthy again");
    }

    [Fact]
    public async Task Healthy_FromTheStart_IsNotLogged()
    {
        await PublishAsync(new ReadinessLog(_logger), HealthStatus.Healthy);

        _logger.Collector.Count.ShouldBe(0);
    }

    private static Task PublishAsync(ReadinessLog log, HealthStatus status)
    {
        var failure = new InvalidOperationException("away", new TimeoutException("after 5 s\nof waiting"));
        var entry = new HealthReportEntry(
            status,
            "It does not answer.",
            TimeSpan.Zero,
            status == HealthStatus.Healthy ? null : failure,
            data: null
        );
        return log.PublishAsync(
            new HealthReport(new Dictionary<string, HealthReportEntry> { ["database"] = entry }, TimeSpan.Zero),
            CancellationToken.None
        );
    }
}
