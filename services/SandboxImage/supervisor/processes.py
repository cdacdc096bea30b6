"""Ends and waits for every process in the container but this one."""

import os
import time
from _signal import SIGKILL

_PATIENCE_SECONDS = 10.0


class ProcessesLeft(Exception):
    """Processes did not die although they were killed."""


class Processes:
    """The main process of the code and whatever it started. As process 1 this one inherits all orphans."""

    def __init__(self, main: int) -> None:
        self._main = main
        self.status: int | None = None

    def reap(self) -> bool:
        """Waits for those that have ended; false when none is left at all."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self._main:
                self.status = status

    def kill_all(self) -> None:
        """Returns when nothing is left. What forks meanwhile is met in the next round."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        pause = 0.0002
        while True:
            self._kill()
            if not self.reap():
                return
            if time.monotonic() > deadline:
                raise ProcessesLeft("processes are left although they were killed")
            time.sleep(pause)
            pause = min(pause * 2, 0.01)

    def _kill(self) -> None:
        if os.getpid() != 1:
            raise ProcessesLeft("only process 1 of a sandbox may kill everything")
        try:
            os.kill(-1, SIGKILL)
        except ProcessLookupError:
            pass
