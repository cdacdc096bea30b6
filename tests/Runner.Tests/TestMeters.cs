using System.Diagnostics.Metrics;
using CodeInterpreter.Runner.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CodeInterpreter.Runner.Tests;

/// <summary>Meters of one test alone, whatever runs beside it.</summary>
internal static class TestMeters
{
    public static IMeterFactory Create() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static MetricCollector<T> Collect<T>(this IMeterFactory meters, string instrument)
        where T : struct => new(meters, RunnerTelemetry.Name, "code_interpreter.runner." + instrument);

    /// <summary>The values of one tag in all measurements, in their order.</summary>
    public static IEnumerable<object?> TagsOf<T>(this MetricCollector<T> collector, string tag)
        where T : struct => collector.GetMeasurementSnapshot().Select(measurement => measurement.Tags[tag]);
}
