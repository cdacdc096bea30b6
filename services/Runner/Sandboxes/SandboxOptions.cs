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
    /// The image, built from <c>services/SandboxImage</c> or derived from that. The runner checks it at its start, and uses the same
    /// image until it stops, even if the name gets another image.
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
    /// Processors a sandbox may use, 0.1 to 64, 1 by default, so that an endless loop leaves processors to other sandboxes.
    /// </summary>
    [Range(0.1, 64)]
    public double Processors { get; set; } = 1;

    /// <summary>Processes and threads that the code in a sandbox may have together, 16 to 32768, 256 by default.</summary>
    [Range(16, 32768)]
    public int Processes { get; set; } = 256;

    /// <summary>Files one process may have open, 64 to 65536, 1024 by default.</summary>
    [Range(64, 65536)]
    public int OpenFiles { get; set; } = 1024;

    /// <summary>
    /// First of the user ids under which sandboxes run code; with <see cref="UserIds"/> at most 4294967294. The kernel counts some
    /// resources per user, not per container. 0, the default, means 1900000000, which no system assigns, or 20000 on an engine that maps
    /// users (<c>userns-remap</c>, rootless), where a container has 65536 ids. All runners of an engine need the same value.
    /// </summary>
    [Range(0, LastUserId)]
    public long FirstUserId { get; set; }

    /// <summary>
    /// Number of user ids for sandboxes, 256 to 40000, 10000 by default. Each sandbox of an engine has its own, so this is also the
    /// largest number of sandboxes at a time.
    /// </summary>
    [Range(256, 40_000)]
    public int UserIds { get; set; } = 10_000;

    /// <summary>
    /// Size of the working directory <c>/mnt/data</c> in bytes, 1 MiB to 1 TiB, 512 MiB by default. It is memory: together with
    /// <see cref="TempBytes"/> and 128 MiB for the home directory and <c>/dev/shm</c> it may be at most seven eighths of
    /// <see cref="MemoryBytes"/>. It is also the largest size of a file in every directory.
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
    /// Runs sandboxes although the engine does not filter system calls, off by default. Without the filter, code can use every system
    /// call.
    /// </summary>
    public bool AllowWithoutSeccomp { get; set; }

    /// <summary>
    /// Runs sandboxes although the engine cannot limit memory, swap, processes or processors, off by default. Without limits, code can
    /// use up the whole machine.
    /// </summary>
    public bool AllowWithoutLimits { get; set; }

    /// <summary>
    /// Runs an image whose supervisor differs from the one that this runner was built with, off by default; a warning names the
    /// differences. Only for work on the image and for measurements of another version: such an image was never tested with this runner.
    /// </summary>
    public bool AllowOtherSupervisor { get; set; }

    /// <summary>Time between two sweeps of left-behind sandboxes, 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Age from which a sandbox that does not run counts as left behind, 2 minutes by default: another runner may be about to start a
    /// younger one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromMinutes(2);
}
