#: Writes to /proc/sys, /sys and control groups
#: defence: they are mounted read-only or hidden, and belong to root
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import glob, os
wrote = []
for path in ('/proc/sys/kernel/core_pattern', '/proc/sys/kernel/hostname', '/proc/sys/vm/overcommit_memory', '/proc/sysrq-trigger',
             '/proc/sys/kernel/modprobe',
             '/sys/kernel/uevent_helper', '/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/memory.max',
             '/sys/fs/cgroup/cgroup.procs', '/sys/fs/cgroup/memory/release_agent', '/proc/irq/default_smp_affinity'):
    try: os.write(os.open(path, os.O_WRONLY), b'1'); wrote.append(path)
    except OSError: pass
print(wrote)
