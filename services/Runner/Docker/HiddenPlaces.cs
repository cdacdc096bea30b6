namespace CodeInterpreter.Runner.Docker;

/// <summary>
/// What of <c>/proc</c>, <c>/sys</c> and <c>/dev</c> a sandbox does not see: the engine's own list and what else tells of the host or
/// leads into the kernel. A place that is not there is passed over; a hidden file reads as empty, a hidden directory has nothing in it.
/// </summary>
/// <remarks>
/// Left to be read is what programs need: memory and processors (<c>/proc/meminfo</c>, <c>cpuinfo</c>, <c>stat</c>,
/// <c>/sys/devices/system</c>), load, version, and the control group that the supervisor measures by.
/// </remarks>
internal static class HiddenPlaces
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
        // All containers share one number of pseudo terminals, and whoever opens one can have the host load line disciplines.
        "/dev/pts",
    ];

    /// <summary>The engine's. Whoever sets the one list has to set the other.</summary>
    public static IList<string> ReadOnly { get; } = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];
}
