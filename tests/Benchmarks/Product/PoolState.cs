extern alias runner;

using System.Globalization;
using runner::CodeInterpreter.Runner.Sandboxes.Pool;

namespace CodeInterpreter.Benchmarks.Product;

/// <summary>What a runner's metrics say of its pool.</summary>
/// <param name="Idle">Sandboxes that are ready.</param>
/// <param name="Starting">Sandboxes being started.</param>
/// <param name="Hits">Executions that found a sandbox ready, since the runner began.</param>
/// <param name="Misses">Executions that had to wait for one.</param>
internal sealed record PoolState(int Idle, int Starting, int Hits, int Misses)
{
    /// <summary>How old metrics may be when they are read: the exporter measures no more often than every 300 ms.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMilliseconds(400);

    private static readonly int Stock = new PoolOptions().Bare + new PoolOptions().Data;

    public bool IsFull => Idle >= Stock && Starting == 0;

    public static async Task<PoolState> ReadAsync(HttpClient runner, CancellationToken cancellationToken)
    {
        var metrics = (await runner.GetStringAsync("/metrics", cancellationToken)).Split('\n');
        return new PoolState(
            Sum("sandboxes_idle"),
            Sum("sandboxes_starting"),
            Sum("sandboxes_taken", "\"hit\""),
            Sum("sandboxes_taken", "\"miss\"")
        );

        int Sum(string name, string tag = "") =>
            metrics
                .Where(line =>
                    line.StartsWith($"code_interpreter_runner_{name}", StringComparison.Ordinal)
                    && line.Contains(tag, StringComparison.Ordinal)
                )
                .Sum(line => (int)double.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
