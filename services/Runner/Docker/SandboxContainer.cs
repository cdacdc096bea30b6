using System.Globalization;
using CodeInterpreter.Runner.Sandboxes;
using Docker.DotNet.Models;

namespace CodeInterpreter.Runner.Docker;

/// <summary>Settings in, engine parameters out: the one place where a sandbox is hardened.</summary>
internal static class SandboxContainer
{
    private const int SpareFiles = 8;
    private const long AccountBytes = 64 * 1024;
    private const int AccountInodes = 16;

    // The supervisor, which is no process of the code's.
    private const int OwnProcesses = 1;

    /// <summary>An eighth of what other containers have.</summary>
    private const long ProcessorShares = 128;

    /// <summary>As if it used four fifths of the machine's memory more than it does.</summary>
    private const long OomScore = 800;

    /// <summary>The name of the sandbox that has the user id: an engine gives a name to one container at a time.</summary>
    public static string NameFor(long userId) => $"code-interpreter-sandbox-{userId}";

    public static CreateContainerParameters Describe(
        long userId,
        SandboxProfile profile,
        string runnerId,
        SandboxOptions options,
        string seccompProfile
    ) =>
        new()
        {
            Name = NameFor(userId),
            Image = options.Image,
            // What an image derived from ours says of these must not hold: the supervisor is process 1, as root, and nothing else is
            // started.
            Entrypoint = ["/usr/bin/python3", "/opt/supervisor/__main__.py"],
            User = "0:0",
            WorkingDir = "/mnt/data",
            Healthcheck = new HealthConfig { Test = ["NONE"] },
            Hostname = "sandbox",
            Cmd = [profile.ToString().ToLowerInvariant(), userId.ToString(CultureInfo.InvariantCulture)],
            Labels = new Dictionary<string, string>
            {
                [SandboxLabels.Role] = SandboxLabels.SandboxRole,
                [SandboxLabels.Runner] = runnerId,
                [SandboxLabels.Profile] = profile.ToString(),
            },
            AttachStdin = true,
            AttachStdout = true,
            AttachStderr = true,
            OpenStdin = true,
            // When the runner dies its connection does, and with it this input: the supervisor reads the end and leaves.
            StdinOnce = true,
            NetworkDisabled = true,
            HostConfig = Harden(userId, options, seccompProfile),
        };

    /// <summary>A container to look into. It is never started; should it stay, it is removed with what other starts have left.</summary>
    public static CreateContainerParameters DescribeUnstarted(string image, string runnerId) =>
        new()
        {
            Name = $"code-interpreter-image-{Guid.NewGuid():N}",
            Image = image,
            Entrypoint = ["/usr/bin/false"],
            Cmd = [],
            Labels = new Dictionary<string, string> { [SandboxLabels.Role] = SandboxLabels.SandboxRole, [SandboxLabels.Runner] = runnerId },
            NetworkDisabled = true,
            HostConfig = new HostConfig
            {
                NetworkMode = "none",
                ReadonlyRootfs = true,
                CapDrop = ["ALL"],
            },
        };

    /// <summary>What makes a container smaller than the options say; it never gets larger.</summary>
    public static ContainerUpdateParameters Limit(SandboxOptions options, long? memoryBytes, int? processes)
    {
        var memory = Math.Min(memoryBytes ?? options.MemoryBytes, options.MemoryBytes);
        return new ContainerUpdateParameters
        {
            Memory = memory,
            MemorySwap = memory,
            PidsLimit = Math.Min(processes ?? options.Processes, options.Processes) + OwnProcesses,
        };
    }

    private static HostConfig Harden(long userId, SandboxOptions options, string seccompProfile) =>
        new()
        {
            AutoRemove = true,
            NetworkMode = "none",
            IpcMode = "private",
            // The paths of control groups name the container.
            CgroupnsMode = "private",
            MaskedPaths = RestrictedPaths.Masked,
            ReadonlyPaths = RestrictedPaths.ReadOnly,
            ReadonlyRootfs = true,
            Privileged = false,
            CapDrop = ["ALL"],
            // The supervisor becomes the sandbox user for the code, and ends its processes.
            CapAdd = ["SETUID", "SETGID", "KILL"],
            SecurityOpt = options.AllowWithoutSeccomp ? ["no-new-privileges"] : ["no-new-privileges", "seccomp=" + seccompProfile],
            Runtime = options.OciRuntime,
            Memory = options.MemoryBytes,
            MemorySwap = options.MemoryBytes,
            NanoCPUs = (long)(options.Processors * 1_000_000_000),
            // Where many sandboxes compute, what serves their users comes first.
            CPUShares = ProcessorShares,
            // Where the machine has no memory left, a sandbox is ended, and none of what keeps the others.
            OomScoreAdj = OomScore,
            PidsLimit = options.Processes + OwnProcesses,
            Ulimits =
            [
                // The supervisor leaves code the soft one, and uses the rest to say how code without descriptors ended.
                new Ulimit
                {
                    Name = "nofile",
                    Soft = options.OpenFiles,
                    Hard = options.OpenFiles + SpareFiles,
                },
                new Ulimit
                {
                    Name = "fsize",
                    Soft = options.DataBytes,
                    Hard = options.DataBytes,
                },
                // Of 0 the kernel would take no notice where a program of the host gets the dumps. 1 it takes for none at all.
                new Ulimit
                {
                    Name = "core",
                    Soft = 1,
                    Hard = 1,
                },
            ],
            Tmpfs = new Dictionary<string, string>
            {
                ["/mnt/data"] = Tmpfs(options.DataBytes, options.Inodes, $"uid={userId},gid={userId},mode=0755"),
                ["/tmp"] = Tmpfs(options.TempBytes, options.Inodes, "mode=1777"),
                ["/home/sandbox"] = Tmpfs(SandboxOptions.HomeBytes, options.Inodes, $"uid={userId},gid={userId},mode=0755"),
                // The engine's own has no limit of inodes.
                ["/dev/shm"] = Tmpfs(SandboxOptions.SharedMemoryBytes, options.Inodes, "mode=1777"),
                // The supervisor's, for the account that the user id belongs to.
                ["/run/sandbox"] = Tmpfs(AccountBytes, AccountInodes, "mode=0755"),
            },
            LogConfig = new LogConfig { Type = "none" },
        };

    private static string Tmpfs(long bytes, int inodes, string owner) => $"rw,noexec,nosuid,nodev,size={bytes},nr_inodes={inodes},{owner}";
}
