using System.ComponentModel.DataAnnotations;

namespace CodeInterpreter.Runner.Sandboxes;

/// <summary>What a sandbox is made of and what it may use, section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sandbox";

    /// <summary>Size of the home directory in bytes.</summary>
    internal const long HomeBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Size of <c>/dev/shm</c> in bytes, where semaphores and shared memory of process pools are; as much as the engine gives.
    /// </summary>
    internal const long SharedMemoryBytes = 64L * 1024 * 1024;

    /// <summary>The highest user id there is; the one above it means none.</summary>
    internal const long LastUserId = uint.MaxValue - 1L;

    /// <summary>
    /// The image, built from <c>services/SandboxImage</c> or derived from that one. The runner checks it at its start, and uses what has
    /// that name then until it ends.
    /// </summary>
    [Required]
    public string Image { get; set; } = "code-interpreter/sandbox:dev";

    /// <summary>
    /// The OCI runtime, such as <c>runsc</c> or <c>kata</c>; the engine's default when empty. The runner does not start when
    /// the engine lacks it.
    /// </summary>
    public string OciRuntime { get; set; } = "";

    /// <summary>
    /// Memory of a sandbox in bytes, files in its working directory included; there is no swap. 64 MiB to 1 TiB, 1 GiB by default.
    /// </summary>
    [Range(64L * 1024 * 1024, 1L << 40)]
    public long MemoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Processors a sandbox may use, 0.1 to 64, 1 by default, so that a loop leaves the machine to the others.
    /// </summary>
    [Range(0.1, 64)]
    public double Processors { get; set; } = 1;

    /// <summary>
    /// Processes and threads the code in a sandbox may have together, 16 to 32768, 256 by default; a numpy pool needs one per processor.
    /// </summary>
    [Range(16, 32768)]
    public int Processes { get; set; } = 256;

    /// <summary>Files one process may have open, 64 to 65536, 1024 by default.</summary>
    [Range(64, 65536)]
    public int OpenFiles { get; set; } = 1024;

    /// <summary>
    /// First of the user ids that sandboxes run their code as, up to 4294967294 with <see cref="UserIds"/>; the kernel counts some things
    /// for a user, and not for a container. 0, the default, is 1900000000, which no system gives away; on an engine that maps users
    /// (<c>userns-remap</c>, rootless), where there are 65536 in a container, it is 20000. The same for all runners of an engine.
    /// </summary>
    [Range(0, LastUserId)]
    public long FirstUserId { get; set; }

    /// <summary>
    /// How many user ids there are for sandboxes, 256 to 40000, 10000 by default. Each sandbox has one that no other of its engine has at
    /// the time, whichever runner it belongs to; so many sandboxes can be there at once.
    /// </summary>
    [Range(256, 40_000)]
    public int UserIds { get; set; } = 10_000;

    /// <summary>
    /// Size of the working directory <c>/mnt/data</c> in bytes, 1 MiB to 1 TiB, 512 MiB by default. It is memory: with
    /// <see cref="TempBytes"/> and 128 MiB for the home directory and <c>/dev/shm</c> it may be at most seven eighths of
    /// <see cref="MemoryBytes"/>. It is also the largest size that a file of the code may have, in any place.
    /// </summary>
    [Range(1024L * 1024, 1L << 40)]
    public long DataBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>Size of <c>/tmp</c> in bytes, 1 MiB to 1 TiB, 256 MiB by default. It is memory, too.</summary>
    [Range(1024L * 1024, 1L << 40)]
    public long TempBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Files and directories that each of the writable directories may hold, 64 to 1048576, 16384 by default.</summary>
    [Range(64, 1024 * 1024)]
    public int Inodes { get; set; } = 16384;

    /// <summary>
    /// Runs sandboxes although the engine does not filter system calls, off by default. Without the filter the whole
    /// kernel is within reach of the code.
    /// </summary>
    public bool AllowWithoutSeccomp { get; set; }

    /// <summary>
    /// Runs sandboxes although the engine cannot limit memory, swap, processes or processors, off by default. Without limits
    /// any code can take the whole machine.
    /// </summary>
    public bool AllowWithoutLimits { get; set; }

    /// <summary>
    /// Makes sandboxes of an image whose supervisor is not the one that this runner was built with, off by default; a warning names what
    /// differs. For work on the image and for measurements of another version: such an image was never tested with this runner.
    /// </summary>
    public bool AllowOtherSupervisor { get; set; }

    /// <summary>How often left-behind sandboxes are looked for, 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How old a sandbox has to be before it can count as left behind, 2 minutes by default: another runner may just be
    /// about to start it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromMinutes(2);
}
