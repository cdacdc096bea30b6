namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>How many executions a machine takes at the same time. A slot is a place in memory: code that waits takes little else.</summary>
internal static class SlotCount
{
    /// <summary>The most there can be.</summary>
    public const int Most = 256;

    /// <summary>
    /// Sandboxes for each one that fits with all its memory in use. Few programs use a tenth of theirs; where all do, the kernel ends
    /// sandboxes before anything else.
    /// </summary>
    private const double Overcommitment = 2;

    /// <param name="machineBytes">Memory of the machine that the sandboxes run on.</param>
    /// <param name="sandboxBytes">The most that one of them may use.</param>
    public static int For(long machineBytes, long sandboxBytes) =>
        // Two at least: one user alone does not get both.
        (int)Math.Clamp(Overcommitment * machineBytes / sandboxBytes, 2, Most);
}
