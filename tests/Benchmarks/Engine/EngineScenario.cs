using System.Globalization;
using CodeInterpreter.Benchmarks.Baselines;
using Docker.DotNet.Models;

namespace CodeInterpreter.Benchmarks.Engine;

/// <summary>What of a sandbox's configuration costs the engine time: each part left out in turn, the engine alone at work.</summary>
internal sealed class EngineScenario : IScenario
{
    private const string Code = "print(1)";
    private const int InARow = 4;

    // What the engine does after a removal belongs to it.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    private static readonly (string What, Action<CreateContainerParameters> Change)[] Containers =
    [
        ("as a sandbox", _ => { }),
        ("without hidden places", container => (container.HostConfig.MaskedPaths, container.HostConfig.ReadonlyPaths) = ([], [])),
        ("without a filter of system calls", container => container.HostConfig.SecurityOpt = ["no-new-privileges", "seccomp=unconfined"]),
        ("without file systems of its own", container => container.HostConfig.Tmpfs = null),
        (
            "without limits",
            container =>
                (
                    container.HostConfig.Memory,
                    container.HostConfig.MemorySwap,
                    container.HostConfig.NanoCPUs,
                    container.HostConfig.PidsLimit
                ) = (0, 0, 0, null)
        ),
        (
            "with nothing of all that",
            container => container.HostConfig = new HostConfig { NetworkMode = "none", LogConfig = container.HostConfig.LogConfig }
        ),
        ("as a sandbox, with true instead of Python", container => container.Entrypoint = ["true"]),
    ];

    public string Name => "engine";

    public string Summary =>
        "A container created, started, waited for and removed through the API, without parts of a sandbox's configuration in turn.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["container", "CPU ms of the machine", .. Latencies.Columns]);
        using var engine = await EngineCeiling.OpenAsync();
        var rows = Containers
            .Select(container => (container.What, container.Change, Latencies: new Latencies(), Cpu: new List<double>()))
            .ToList();
        for (var round = 1; round <= (options.IsShort ? 2 : 10); round++)
        {
            options.Progress($"Round {round}");
            foreach (var (_, change, latencies, cpu) in rows)
            {
                var before = BusyMilliseconds();
                for (var i = 0; i < InARow; i++)
                    await latencies.MeasureAsync(() => engine.ExecuteAsync(Code, cancellationToken, change));
                await Task.Delay(Rest, cancellationToken);
                cpu.Add((BusyMilliseconds() - before) / InARow);
            }
        }

        foreach (var (what, _, latencies, cpu) in rows)
            report.Add([what, cpu.Average(), .. latencies.Cells()]);
        return report;
    }

    /// <summary>CPU time of all processes so far: what Linux counts in hundredths of a second, but idle and waiting for disks.</summary>
    private static double BusyMilliseconds()
    {
        const int idle = 3,
            waiting = 4;
        var counted = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture))
            .ToList();
        return (counted.Sum() - counted[idle] - counted[waiting]) * 10.0;
    }
}
