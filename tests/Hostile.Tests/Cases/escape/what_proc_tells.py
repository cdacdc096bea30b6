#: What /proc shows of the host: its command line, modules, disks, interrupts, boot id, neighbours on the network
#: defence: masked; a network namespace of its own. Version, processors, memory and load stay readable
#: expect: {"outcome": "Succeeded", "output": "[]\n['lo'] ['/'] ['loadavg', 'meminfo', 'stat', 'uptime', 'version']\n"}
import os
def told(path):
    try: return bool(os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(1))
    except OSError: return False
print([path for path in (
    'acpi', 'asound', 'buddyinfo', 'bus', 'cmdline', 'config.gz', 'consoles', 'crypto', 'diskstats', 'driver', 'fs', 'interrupts', 'iomem',
    'ioports', 'irq', 'kallsyms',
    'kcore', 'key-users', 'keys', 'modules', 'mtrr', 'pagetypeinfo', 'partitions', 'pressure', 'sched_debug', 'schedstat', 'scsi',
    'slabinfo', 'softirqs', 'swaps',
    'sys/kernel/random/boot_id', 'timer_list', 'tty', 'vmallocinfo', 'vmstat', 'zoneinfo') if told('/proc/' + path)])
print([line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]],
      sorted({line.rstrip('\n').split(':', 2)[2] for line in open('/proc/self/cgroup')}),
      [name for name in ('loadavg', 'meminfo', 'stat', 'uptime', 'version') if told('/proc/' + name)])
