using System.Collections.Concurrent;
using System.Diagnostics;

namespace CodeInterpreter.Benchmarks;

/// <summary>How long calls of one kind took, and how many failed. May be used by many at once.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];
    private int _errors;

    /// <summary>What <see cref="Cells"/> are, durations in milliseconds.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["n", "errors", "min ms", "p50 ms", "p95 ms", "p99 ms", "max ms"];

    public int Count => _milliseconds.Count;

    public int Errors => _errors;

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    public void AddError() => Interlocked.Increment(ref _errors);

    public async Task MeasureAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        Add(Stopwatch.GetElapsedTime(started));
    }

    /// <summary>In milliseconds, by the nearest rank; not a number when nothing was measured.</summary>
    public double Percentile(int percent)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];
    }

    public object[] Cells() => [Count, Errors, Percentile(0), Percentile(50), Percentile(95), Percentile(99), Percentile(100)];
}
