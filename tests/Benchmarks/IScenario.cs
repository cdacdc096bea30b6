namespace CodeInterpreter.Benchmarks;

/// <summary>Something that is measured, under a name for the command line.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>What is measured, and the bar, in one line.</summary>
    string Summary { get; }

    Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken);
}
