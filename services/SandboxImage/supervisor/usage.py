"""What an execution used, from the container's own control group (version 1 or 2) and the kernel's accounting."""

import os
import resource

from supervisor.record import Record

_ROOT = "/sys/fs/cgroup"
# CPU time, with another name for it where there is one; events of memory; the most memory.
_VERSION_1 = ("cpuacct/cpuacct.usage", "cpu,cpuacct/cpuacct.usage"), "memory/memory.oom_control", "memory/memory.max_usage_in_bytes"
_VERSION_2 = ("cpu.stat",), "memory.events", "memory.peak"


class Usage(Record):
    cpu_user_seconds: float
    cpu_system_seconds: float
    peak_memory_bytes: int
    oom_kills: int


class UsageMeter:
    """Counts from `start` on. It opens its files earlier, when no caller waits."""

    def __init__(self, root: str = _ROOT) -> None:
        self._v2 = os.path.exists(f"{root}/cgroup.controllers")
        cpu, memory, peak = _VERSION_2 if self._v2 else _VERSION_1
        self._cpu, self._memory, self._peak = _open(root, *cpu), _open(root, memory), _open(root, peak)
        self.start()

    def start(self) -> None:
        self._oom_kills = self._read_oom_kills()
        self._group_cpu = self._read_group_cpu()
        self._own_cpu = sum(_cpu(resource.RUSAGE_SELF))
        self._children_cpu = _cpu(resource.RUSAGE_CHILDREN)

    def read(self) -> Usage:
        """Complete only when every process has been waited for."""
        user, system = (now - then for now, then in zip(_cpu(resource.RUSAGE_CHILDREN), self._children_cpu))
        return Usage(
            cpu_user_seconds=round(user + self._unaccounted(user + system), 6),
            cpu_system_seconds=round(system, 6),
            peak_memory_bytes=self._read_peak(),
            oom_kills=self._read_oom_kills() - self._oom_kills)

    def cpu_seconds(self) -> float:
        """So far, of every process of the execution, whether it lives, was waited for, or was forgotten."""
        own = sum(_cpu(resource.RUSAGE_SELF)) - self._own_cpu
        if self._group_cpu is not None and (now := self._read_group_cpu()) is not None:
            return now - self._group_cpu - own
        return sum(_cpu(resource.RUSAGE_CHILDREN)) - sum(self._children_cpu) + _living_cpu()

    def _unaccounted(self, accounted: float) -> float:
        """Processes whose parent ignored their end are missing in the sum over children, but not in the group's."""
        if self._group_cpu is None or (now := self._read_group_cpu()) is None:
            return 0.0
        own = sum(_cpu(resource.RUSAGE_SELF)) - self._own_cpu
        missing = (now - self._group_cpu) - own - accounted
        return missing if missing > 0.02 else 0.0

    def _read_group_cpu(self) -> float | None:
        if self._v2:
            micros = _field(self._cpu, b"usage_usec")
            return None if micros is None else micros / 1e6
        nanos = _read(self._cpu)
        return int(nanos) / 1e9 if nanos else None

    def _read_oom_kills(self) -> int:
        return _field(self._memory, b"oom_kill") or 0

    def _read_peak(self) -> int:
        peak = _read(self._peak).strip()
        return int(peak) if peak.isdigit() else resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _open(root: str, *names: str) -> int | None:
    """The first that is there."""
    for name in names:
        try:
            return os.open(f"{root}/{name}", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            continue
    return None


def _read(fd: int | None) -> bytes:
    try:
        return b"" if fd is None else os.pread(fd, 4096, 0)
    except OSError:
        return b""


def _field(fd: int | None, key: bytes) -> int | None:
    for line in _read(fd).splitlines():
        found, _, value = line.partition(b" ")
        if found == key:
            return int(value)
    return None


def _cpu(who: int) -> tuple[float, float]:
    usage = resource.getrusage(who)
    return usage.ru_utime, usage.ru_stime


def _living_cpu() -> float:
    """Of all other processes, with the children they have waited for: for an engine that shows no control group."""
    ticks = 0
    for pid in os.listdir("/proc"):
        if not pid.isdigit() or int(pid) == os.getpid():
            continue
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                # Behind the name, which may hold spaces and parentheses.
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
