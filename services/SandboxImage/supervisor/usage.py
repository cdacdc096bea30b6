"""What an execution used, from the container's own control group (version 1 or 2) and the kernel's accounting."""

import os
import resource

from supervisor.record import Record

_ROOT = "/sys/fs/cgroup"


class Usage(Record):
    cpu_user_seconds: float
    cpu_system_seconds: float
    peak_memory_bytes: int
    oom_kills: int


class UsageMeter:
    """Counts from the moment it is made."""

    def __init__(self, root: str = _ROOT) -> None:
        self._root = root
        self._v2 = os.path.exists(os.path.join(root, "cgroup.controllers"))
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
            micros = self._field("cpu.stat", "usage_usec")
            return None if micros is None else micros / 1e6
        nanos = self._text("cpuacct/cpuacct.usage") or self._text("cpu,cpuacct/cpuacct.usage")
        return int(nanos) / 1e9 if nanos else None

    def _read_oom_kills(self) -> int:
        name = "memory.events" if self._v2 else "memory/memory.oom_control"
        return self._field(name, "oom_kill") or 0

    def _read_peak(self) -> int:
        name = "memory.peak" if self._v2 else "memory/memory.max_usage_in_bytes"
        peak = self._text(name)
        if peak and peak.strip().isdigit():
            return int(peak)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024

    def _field(self, name: str, key: str) -> int | None:
        for line in (self._text(name) or "").splitlines():
            found, _, value = line.partition(" ")
            if found == key:
                return int(value)
        return None

    def _text(self, name: str) -> str | None:
        try:
            with open(os.path.join(self._root, name), encoding="ascii") as file:
                return file.read()
        except OSError:
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
