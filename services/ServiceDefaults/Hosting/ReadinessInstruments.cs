using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CodeInterpreter.ServiceDefaults.Hosting;

/// <summary>Measures what readiness checks: whether it is available, and how fast it responds.</summary>
internal sealed class ReadinessInstruments : IHealthCheckPublisher
{
    private readonly Gauge<int> _healthy;
    private readonly Gauge<double> _duration;

    public ReadinessInstruments(IMeterFactory meters)
    {
        var meter = meters.Create("CodeInterpreter.Readiness");
        _healthy = meter.CreateGauge<int>(
            "code_interpreter.check.healthy",
            "{check}",
            "1 if the last check of something that the service needs succeeded, 0 if it did not, or its disk is full."
        );
        _duration = meter.CreateGauge<double>("code_interpreter.check.duration", "s", "How long the last check took.");
    }

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in report.Entries)
        {
            var check = KeyValuePair.Create<string, object?>("check", name);
            _healthy.Record(entry.Status == HealthStatus.Healthy ? 1 : 0, check);
            _duration.Record(entry.Duration.TotalSeconds, check);
        }

        return Task.CompletedTask;
    }
}
