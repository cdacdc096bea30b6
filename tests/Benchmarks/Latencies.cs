using System.Diagnostics;

namespace CodeInterpreter.Benchmarks;

/// <summary>How long calls of one kind took.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public async Task MeasureAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>In milliseconds.</summary>
    public double Percentile(int percent)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
