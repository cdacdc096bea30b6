namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// Paths in <c>/proc</c>, <c>/sys</c> and <c>/dev</c> that a sandbox cannot read or write: the engine's own lists, and others that describe
/// the host or reach into the kernel. Paths that do not exist are ignored. A masked file reads as empty, and a masked directory is empty.
/// </summary>
/// <remarks>
/// Left to be read is what programs need: memory and processors (<c>/proc/meminfo</c>, <c>cpuinfo</c>, <c>stat</c>,
/// <c>/sys/devices/system</c>), load, version, and the control group that the supervisor measures by.
/// </remarks>
internal static class RestrictedPaths
{
    public static IList<string> Masked { get; } =
    [
        // The engine's.
        "/proc/acpi",
        "/proc/asound",
        "/proc/interrupts",
        "/proc/kcore",
        "/proc/keys",
        "/proc/latency_stats",
        "/proc/sched_debug",
        "/proc/scsi",
        "/proc/timer_list",
        "/proc/timer_stats",
        "/sys/devices/virtual/powercap",
        "/sys/firmware",
        // Which host it is and since when, what it is made of, what it does.
        "/proc/buddyinfo",
        "/proc/bus",
        "/proc/cmdline",
        "/proc/config.gz",
        "/proc/consoles",
        "/proc/crypto",
        "/proc/diskstats",
        "/proc/driver",
        "/proc/fs",
        "/proc/iomem",
        "/proc/ioports",
        "/proc/irq",
        "/proc/kallsyms",
        "/proc/key-users",
        "/proc/modules",
        "/proc/mtrr",
        "/proc/pagetypeinfo",
        "/proc/partitions",
        "/proc/pressure",
        "/proc/schedstat",
        "/proc/slabinfo",
        "/proc/softirqs",
        "/proc/swaps",
        "/proc/sys/kernel/random/boot_id",
        "/proc/tty",
        "/proc/vmallocinfo",
        "/proc/vmstat",
        "/proc/zoneinfo",
        "/sys/block",
        "/sys/bus",
        "/sys/class",
        "/sys/dev",
        "/sys/devices/LNXSYSTM:00",
        "/sys/devices/pci0000:00",
        "/sys/devices/platform",
        "/sys/devices/pnp0",
        "/sys/devices/virtual",
        "/sys/fs/btrfs",
        "/sys/fs/ext4",
        "/sys/fs/xfs",
        "/sys/hypervisor",
        "/sys/kernel",
        "/sys/module",
        "/sys/power",
        // Files made here are message queues, which the filter of system calls refuses to make.
        "/dev/mqueue",
        // All containers share one number of pseudo terminals, and a process that opens one can make the host load line disciplines.
        "/dev/pts",
    ];

    /// <summary>The engine's. A runner that sets one of the lists has to set both.</summary>
    public static IList<string> ReadOnly { get; } = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];
}
