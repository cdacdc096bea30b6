using System.Diagnostics.Metrics;
using CodeInterpreter.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CodeInterpreter.ServiceDefaults.Tests.Hosting;

public sealed class ReadinessInstrumentsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(HealthStatus.Healthy, 1)]
    [InlineData(HealthStatus.Degraded, 0)]
    [InlineData(HealthStatus.Unhealthy, 0)]
    public async Task ACheck_IsMeasured_WithItsDuration(HealthStatus status, int healthy)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var measuredHealthy = new MetricCollector<int>(meters, "CodeInterpreter.Readiness", "code_interpreter.check.healthy");
        using var measuredDuration = new MetricCollector<double>(meters, "CodeInterpreter.Readiness", "code_interpreter.check.duration");
        var entry = new HealthReportEntry(status, null, TimeSpan.FromMilliseconds(250), null, null);

        await new ReadinessInstruments(meters).PublishAsync(
            new HealthReport(new Dictionary<string, HealthReportEntry> { ["records"] = entry }, TimeSpan.Zero),
            TestContext.Current.CancellationToken
        );

        measuredHealthy.LastMeasurement.ShouldNotBeNull().Value.ShouldBe(healthy);
        measuredDuration.LastMeasurement.ShouldNotBeNull().Value.ShouldBe(0.25);
        measuredDuration.LastMeasurement.Tags["check"].ShouldBe("records");
    }
}
