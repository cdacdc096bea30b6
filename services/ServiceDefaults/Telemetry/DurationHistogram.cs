using System.Diagnostics.Metrics;

namespace CodeInterpreter.ServiceDefaults.Telemetry;

/// <summary>Histograms of durations.</summary>
public static class DurationHistogram
{
    /// <summary>
    /// From a warm <c>print(1)</c>, a few milliseconds, to the longest execution, 300 s. The boundaries that are usual for seconds
    /// would put nearly all of it into the first.
    /// </summary>
    private static readonly InstrumentAdvice<double> Boundaries = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    };

    /// <summary>Creates a histogram of seconds.</summary>
    public static Histogram<double> CreateDurationHistogram(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, Boundaries);
}
