using System.Diagnostics;
using CodeInterpreter.Benchmarks;
using CodeInterpreter.Benchmarks.Burst;
using CodeInterpreter.Benchmarks.Engine;
using CodeInterpreter.Benchmarks.Footprint;
using CodeInterpreter.Benchmarks.LargeFiles;
using CodeInterpreter.Benchmarks.Latency;
using CodeInterpreter.Benchmarks.Neighbours;
using CodeInterpreter.Benchmarks.OpenLoop;
using CodeInterpreter.Benchmarks.Queue;
using CodeInterpreter.Benchmarks.Stages;
using CodeInterpreter.Benchmarks.StoreMemory;
using CodeInterpreter.Benchmarks.StoreScale;
using CodeInterpreter.Benchmarks.Throughput;

IScenario[] scenarios =
[
    new LatencyScenario(),
    new StagesScenario(),
    new ThroughputScenario(),
    new EngineScenario(),
    new OpenLoopScenario(),
    new BurstScenario(),
    new NeighbourScenario(),
    new LargeFileScenario(),
    new FootprintScenario(),
    new QueueScenario(),
    new StoreScaleScenario(),
    new StoreMemoryScenario(),
];

// Store scenarios take long to prepare and have no part in how fast executions are: they are run when they are named.
string[] onDemand = ["store-scale", "store-memory"];
var names = args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
var chosen = scenarios.Where(scenario => names.Count == 0 ? !onDemand.Contains(scenario.Name) : names.Contains(scenario.Name)).ToList();
if (chosen.Count < names.Count || args.Contains("--help"))
{
    Console.WriteLine("Usage: [SCENARIO ...] [--short] [--json DIRECTORY]\n");
    foreach (var scenario in scenarios)
        Console.WriteLine($"  {scenario.Name, -14} {scenario.Summary}");
    Console.WriteLine($"\nWithout a name all but {string.Join(" and ", onDemand)}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var started = Stopwatch.GetTimestamp();
var options = new BenchmarkOptions(
    args.Contains("--short"),
    doing => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(started):hh\\:mm\\:ss} {doing}")
);
var missed = 0;
foreach (var scenario in chosen)
{
    Console.WriteLine($"## {scenario.Name}\n\n{scenario.Summary}\n");
    var report = await scenario.RunAsync(options, stop.Token);
    Console.WriteLine(report.ToTable());
    foreach (var bar in report.Missed)
        Console.WriteLine($"Missed: {bar}");
    missed += report.Missed.Count;
    if (Array.IndexOf(args, "--json") is >= 0 and var at && at + 1 < args.Length)
    {
        Directory.CreateDirectory(args[at + 1]);
        await File.WriteAllTextAsync(Path.Combine(args[at + 1], $"{scenario.Name}.json"), report.ToJson(), stop.Token);
    }
}

return missed == 0 ? 0 : 1;
