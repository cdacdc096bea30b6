namespace CodeInterpreter.Contracts;

/// <summary>What an execution used, all of its processes together.</summary>
/// <param name="WallSeconds">Wall-clock time of the code itself.</param>
/// <param name="CpuUserSeconds">CPU time in user mode.</param>
/// <param name="CpuSystemSeconds">CPU time in the kernel.</param>
/// <param name="PeakMemoryBytes">Highest memory use; 0 when the kernel does not report it.</param>
/// <param name="OomKills">Processes that the kernel ended because the limit of memory was reached.</param>
public sealed record ResourceUsage(
    double WallSeconds,
    double CpuUserSeconds,
    double CpuSystemSeconds,
    long PeakMemoryBytes,
    long OomKills = 0
)
{
    /// <summary>The code never ran.</summary>
    public static readonly ResourceUsage None = new(0, 0, 0, 0);
}
