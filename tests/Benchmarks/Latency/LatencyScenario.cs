using CodeInterpreter.Benchmarks.Baselines;
using CodeInterpreter.Benchmarks.Product;

namespace CodeInterpreter.Benchmarks.Latency;

/// <summary>One caller, one program after the other: the product, and <c>docker run</c> of the same image and code, by turns.</summary>
internal sealed class LatencyScenario : IScenario
{
    private static readonly Program[] Measured =
    [
        new("print(1)", "print(1)", Rounds: 100, Files: 0, Bar50: 12, Bar99: 5),
        new(
            "pandas",
            """
            import numpy, pandas, matplotlib.pyplot
            print(pandas.DataFrame({"x": numpy.arange(3), "y": numpy.arange(3) ** 2}))
            """,
            Rounds: 50,
            Files: 0,
            Bar50: 25,
            Bar99: 0
        ),
        new("four files", Programs.FourFiles, Rounds: 50, Files: 4, Bar50: 10, Bar99: 0),
    ];

    public string Name => "latency";

    public string Summary => "One execution after the other, beside docker run; p50 at most 1/12, 1/25 with pandas, 1/10 with four files.";

    public async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var report = new Report(Name, ["program", "by", .. Latencies.Columns]);
        await using var product = await BenchedProduct.StartAsync(options, cancellationToken);
        using var client = new ExecutionClient(product.Gateway.GrpcAddress);
        foreach (var program in Measured)
        {
            options.Progress(program.Name);
            await MeasureAsync(program, product, client, options.IsShort, report, cancellationToken);
        }

        return report;
    }

    private static async Task MeasureAsync(
        Program program,
        BenchedProduct product,
        ExecutionClient client,
        bool isShort,
        Report report,
        CancellationToken cancellationToken
    )
    {
        var (ours, theirs) = (new Latencies(), new Latencies());
        for (var round = isShort ? -3 : -20; round < (isShort ? 10 : program.Rounds); round++)
        {
            // The first ones are for caches and the compiler.
            var (us, them) = round < 0 ? (new Latencies(), new Latencies()) : (ours, theirs);
            await product.SettleAsync(cancellationToken);
            await us.MeasureAsync(async () =>
            {
                var result = await client.ExecuteAsync(program.Code, cancellationToken);
                if (result.GeneratedFiles.Count != program.Files)
                    throw new InvalidOperationException("Files are missing.");
            });
            await product.SettleAsync(cancellationToken);
            await them.MeasureAsync(() => DockerRun.ExecuteAsync(program.Code));
        }

        report.Add([program.Name, "the product", .. ours.Cells()]);
        report.Add([program.Name, "docker run", .. theirs.Cells()]);
        report.Add(program.Name, "docker run : the product", "", "", Ratio(0), Ratio(50), Ratio(95), Ratio(99), Ratio(100));
        Require(50, program.Bar50);
        Require(99, program.Bar99);

        double Ratio(int percent) => theirs.Percentile(percent) / ours.Percentile(percent);

        void Require(int percent, double bar) =>
            report.Require(
                Ratio(percent) >= bar,
                $"{program.Name}: p{percent} is 1/{Ratio(percent):0.0} of docker run's, at most 1/{bar} is allowed"
            );
    }

    /// <param name="Name">What it is called in the table.</param>
    /// <param name="Code">Python.</param>
    /// <param name="Rounds">How often it is run.</param>
    /// <param name="Files">How many files it writes.</param>
    /// <param name="Bar50">How many times faster than <c>docker run</c> the median has to be.</param>
    /// <param name="Bar99">The same of the slowest percent.</param>
    private sealed record Program(string Name, string Code, int Rounds, int Files, double Bar50, double Bar99);
}
