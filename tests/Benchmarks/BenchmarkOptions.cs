namespace CodeInterpreter.Benchmarks;

/// <summary>How to measure.</summary>
/// <param name="IsShort">Less of everything: shows that it works, and says little about speed.</param>
/// <param name="Progress">Where to say what is being done.</param>
internal sealed record BenchmarkOptions(bool IsShort, Action<string> Progress);
