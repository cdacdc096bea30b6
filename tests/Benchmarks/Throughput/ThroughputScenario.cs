using CodeInterpreter.Benchmarks.Baselines;
using CodeInterpreter.Benchmarks.Product;

namespace CodeInterpreter.Benchmarks.Throughput;

/// <summary>
/// As many executions as can be had: callers who call again at once, of the product, of the engine itself and of <c>docker run</c>,
/// by turns.
/// </summary>
internal sealed class ThroughputScenario : IScenario
{
    private const string Code = "print(1)";
    private const double BarOfCeiling = 0.9;
    private const double BarOfDockerRun = 2;

    private static readonly int[] Callers = [1, 2, 4, 8, 16, 32];
    private static readonly int[] EngineCallers = [1, 2, 4, 8];

    public string Name => "throughput";

    public string Summary =>
        "Executions for each second with 1 to 32 callers; at least 0.9 of the engine's own ceiling, 2 times docker run.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["by", "callers", "for each second", .. Latencies.Columns]);
        await using var product = await BenchedProduct.StartAsync(options, cancellationToken);
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        using var ceiling = await EngineCeiling.OpenAsync();
        var contenders = new[]
        {
            new Contender("the product", Callers, () => client.ExecuteAsync(Code, cancellationToken)),
            new Contender("the engine", EngineCallers, () => ceiling.ExecuteAsync(Code, cancellationToken)),
            new Contender("docker run", EngineCallers, () => DockerRun.ExecuteAsync(Code)),
        };

        for (var round = 1; round <= (options.IsShort ? 1 : 3); round++)
        {
            for (var step = 0; step < Callers.Length; step++)
            {
                foreach (var contender in contenders.Where(contender => step < contender.Callers.Length))
                {
                    options.Progress($"Round {round}: {contender.Name}, {contender.Callers[step]} callers");
                    await product.SettleAsync(cancellationToken);
                    await contender.RunAsync(step, TimeSpan.FromSeconds(options.IsShort ? 3 : 10));
                }
            }
        }

        foreach (var contender in contenders)
            contender.Describe(report);
        var (ours, engine, dockerRun) = (contenders[0], contenders[1], contenders[2]);
        report.Require(ours.Errors == 0, $"{ours.Errors} errors of the product, none is allowed");
        Require(ours.Best / engine.Best, BarOfCeiling, "of the engine's ceiling");
        Require(ours.Best / dockerRun.Best, BarOfDockerRun, "times the best rate of docker run");
        return report;

        void Require(double ratio, double bar, string of)
        {
            report.Add(["ratio", "", ratio, $"{of}, bar {bar}", .. Enumerable.Repeat<object>("", Latencies.Columns.Count - 1)]);
            report.Require(ratio >= bar, $"{ratio:0.00} {of}, at least {bar} is required");
        }
    }

    private sealed class Contender(string name, int[] callers, Func<Task> call)
    {
        private readonly List<double>[] _rates = [.. callers.Select(_ => new List<double>())];
        private readonly Latencies[] _latencies = [.. callers.Select(_ => new Latencies())];

        public string Name => name;

        public int[] Callers => callers;

        /// <summary>The highest of the average rates.</summary>
        public double Best => _rates.Max(rates => rates.Average());

        public int Errors => _latencies.Sum(latencies => latencies.Errors);

        public async Task RunAsync(int step, TimeSpan time) =>
            _rates[step].Add(await Load.ClosedLoopAsync(callers[step], time, _latencies[step], call));

        public void Describe(Report report)
        {
            for (var step = 0; step < callers.Length; step++)
                report.Add([name, callers[step], _rates[step].Average(), .. _latencies[step].Cells()]);
        }
    }
}
