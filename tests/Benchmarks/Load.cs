using System.Diagnostics;

namespace CodeInterpreter.Benchmarks;

/// <summary>Ways to call something many times.</summary>
internal static class Load
{
    /// <summary>
    /// So many callers, each of whom calls again as soon as the call before has ended, for so long; then all calls end.
    /// </summary>
    /// <returns>Completed calls for each second.</returns>
    public static async Task<double> ClosedLoopAsync(int callers, TimeSpan time, Latencies latencies, Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        var before = latencies.Count;
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async _ =>
                {
                    while (Stopwatch.GetElapsedTime(began) < time)
                        await CallAsync(latencies, call);
                })
        );
        return (latencies.Count - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Calls that begin at random, so many for each second on average, whether those before have ended or not.</summary>
    public static async Task OpenLoopAsync(double perSecond, TimeSpan time, Latencies latencies, Func<Task> call)
    {
        var random = new Random(1);
        var calls = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        for (var at = Pause(); at < time; at += Pause())
        {
            var wait = at - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            calls.Add(CallAsync(latencies, call));
        }

        await Task.WhenAll(calls);

        TimeSpan Pause() => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);
    }

    private static async Task CallAsync(Latencies latencies, Func<Task> call)
    {
        try
        {
            await latencies.MeasureAsync(call);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            latencies.AddError();
        }
    }
}
