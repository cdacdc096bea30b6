using System.Diagnostics;
using CodeInterpreter.Benchmarks;
using CodeInterpreter.Benchmarks.StoreMemory;
using CodeInterpreter.Benchmarks.StoreScale;

IScenario[] scenarios = [new StoreScaleScenario(), new StoreMemoryScenario()];

if (scenarios.FirstOrDefault(scenario => scenario.Name == args.FirstOrDefault()) is not { } chosen)
{
    Console.WriteLine("Usage: SCENARIO [--short] [--json FILE]\n");
    foreach (var scenario in scenarios) Console.WriteLine($"  {scenario.Name,-14} {scenario.Summary}");
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
    args.Contains("--short"), doing => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(started):mm\\:ss} {doing}"));
var report = await chosen.RunAsync(options, stop.Token);

Console.WriteLine(report.ToTable());
foreach (var bar in report.Missed) Console.WriteLine($"Missed: {bar}");
if (Array.IndexOf(args, "--json") is >= 0 and var at && at + 1 < args.Length)
    await File.WriteAllTextAsync(args[at + 1], report.ToJson(), stop.Token);
return report.Missed.Count == 0 ? 0 : 1;
