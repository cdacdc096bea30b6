using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Runner.Sandboxes.Pool;

/// <summary>How many sandboxes a runner keeps ready, section <c>Pool</c>.</summary>
public sealed class PoolOptions
{
    /// <summary>
    /// Bare sandboxes kept ready, 1 to 256, 16 by default. One takes about 12 MB. More sandboxes absorb larger bursts: an execution that
    /// finds none waits for a start, about ten times as long as a short program takes.
    /// </summary>
    [Range(1, 256)]
    public int Bare { get; set; } = 16;

    /// <summary>
    /// Sandboxes with numpy, pandas and matplotlib imported kept ready, 0 to 256, 2 by default. One takes about 100 MB and,
    /// to make, ten times the CPU time of a bare one.
    /// </summary>
    [Range(0, 256)]
    public int Data { get; set; } = 2;

    /// <summary>
    /// Sandboxes started at the same time when none is ready, 1 to 64, 4 by default; fewer when more are ready, down to one. A higher
    /// number does not make the engine faster; a lower one leaves more CPU time to running code.
    /// </summary>
    [Range(1, 64)]
    public int ConcurrentStarts { get; set; } = 4;

    /// <summary>How long one start may take before it counts as failed, 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Pause after a failed start, 1 s by default, so that an unavailable engine is not flooded with calls.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the pool waits before it starts a replacement for a sandbox that it handed out, or removes a used one, while more are
    /// ready. 0 to 10 s, 100 ms by default: starting and removing a sandbox costs more CPU time than a short program, so short programs
    /// get the processors first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan MaintenanceDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    internal int TargetFor(SandboxProfile profile) =>
        profile switch
        {
            SandboxProfile.Bare => Bare,
            SandboxProfile.Data => Data,
            _ => 0,
        };
}
