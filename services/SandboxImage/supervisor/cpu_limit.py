"""The limit of CPU time, looked at as rarely as it can be kept."""

import math
import os

from supervisor.usage import UsageMeter

# With the number of processors, how far the limit can be passed. A look costs some 50 microseconds.
_SHORTEST_WAIT_SECONDS = 0.01


class CpuLimit:
    def __init__(self, seconds: float | None, meter: UsageMeter, started: float) -> None:
        self._seconds = math.inf if seconds is None else seconds
        self._meter = meter
        self._cpus = len(os.sched_getaffinity(0))
        self._next_look = started + self._wait(self._seconds)

    def left(self, now: float) -> float:
        """Seconds until the next look is due; zero when the CPU time is used up."""
        if now >= self._next_look:
            left = self._seconds - self._meter.cpu_seconds()
            if left <= 0:
                return 0.0
            self._next_look = now + self._wait(left)
        return self._next_look - now

    def _wait(self, left: float) -> float:
        """All processors together cannot use up what is left any sooner."""
        return max(left / self._cpus, _SHORTEST_WAIT_SECONDS)
