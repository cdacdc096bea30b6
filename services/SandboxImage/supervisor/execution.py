"""One execution from the fork to the death of its last process."""

import os
import select
import time
from _signal import SIGKILL

from supervisor.cpu_limit import CpuLimit
from supervisor.frames import Frame, FrameReader, FrameWriter, ProtocolError
from supervisor.identity import as_user
from supervisor.input import Input
from supervisor.output import Output
from supervisor.processes import Processes
from supervisor.program import Program, send_order, supervisor_modules
from supervisor.record import Record
from supervisor.request import Execute
from supervisor.usage import UsageMeter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PENDING_LIMIT = 1 << 20
_REASONS = ("cancellation", "wall_time")

# Code that prints line by line would wake this process, and everyone on the way to the runner, for each. What follows shortly after
# something small waits for more of its kind; what fills a good part of the pipe does not, or the code would have to wait.
_REST_SECONDS = 0.004


class Child(Record):
    """The forked process that the code runs in once it is started, and this side of its pipes."""

    pid: int
    order: int
    stdin: int
    stdout: int
    stderr: int
    started: float = 0.0

    def start(self, execute: Execute, main: str) -> None:
        self.started = time.monotonic()
        send_order(self.order, execute, main)


class Execution:
    """Pumps the streams of the running code and stops it when a limit or the runner says so."""

    def __init__(self, child: Child, execute: Execute, stdin: bytes, reader: FrameReader, writer: FrameWriter,
                 wakeup: int, meter: UsageMeter) -> None:
        self._started = child.started
        self._limits = execute.limits
        self._reader, self._writer = reader, writer
        self._meter, self._wakeup = meter, wakeup
        self._processes = Processes(child.pid)
        self._cpu = CpuLimit(execute.limits.cpu_seconds, meter, child.started)
        self._interactive = execute.interactive
        self._input = Input(child.stdin, stdin, execute.interactive)
        os.set_blocking(writer.fd, False)
        keep = execute.limits.output_bytes
        self._outputs = [Output(child.stdout, "O", keep, writer), Output(child.stderr, "E", keep, writer)]
        self._poll = select.epoll()
        self._watched: dict[int, int] = {}
        self._killed_by: str | None = None
        self._resting_until = 0.0

    def run(self) -> dict[str, Any]:
        """The exit report."""
        try:
            # Frames may have come together with the request.
            self._take_frames()
            while self._processes.status is None and self._killed_by is None:
                self._turn()
        finally:
            self._processes.kill_all()
        wall = time.monotonic() - self._started
        self._finish_output()
        return self._report(wall)

    def _turn(self) -> None:
        """Waits for something to happen and does what it asks for."""
        now = time.monotonic()
        left = self._started + self._limits.wall_time_seconds - now
        cpu_left = self._cpu.left(now)
        if left <= 0 or cpu_left <= 0:
            self._killed_by = "wall_time" if left <= 0 else "cpu_time"
            return
        rest = self._resting_until - now
        self._watch_all(rest > 0)
        for fd, _ in self._poll.poll(min(left, cpu_left, rest if rest > 0 else 3600)):
            self._handle(fd)

    def _handle(self, fd: int) -> None:
        if fd == self._wakeup:
            _empty(fd)
            self._processes.reap()
        elif fd == self._reader.fd:
            self._listen()
        elif fd == self._writer.fd:
            self._writer.flush()
        elif fd == self._input.fd:
            self._feed()
        else:
            self._take_output(fd)

    def _watch_all(self, resting: bool) -> None:
        """While the runner is slow to read, the code has to wait with its output; and the other way round with its input."""
        wait = resting or self._writer.pending > _PENDING_LIMIT
        self._watch(self._wakeup, select.EPOLLIN)
        self._watch(self._reader.fd, 0 if self._input.full else select.EPOLLIN)
        self._watch(self._writer.fd, select.EPOLLOUT if self._writer.pending else 0)
        self._watch(self._input.fd, select.EPOLLOUT if self._input.waiting else 0)
        for output in self._outputs:
            self._watch(output.fd, select.EPOLLIN if output.open and not wait else 0)

    def _watch(self, fd: int, events: int) -> None:
        before = self._watched.get(fd, 0)
        if fd < 0 or before == events:
            return
        if not before:
            self._poll.register(fd, events)
        elif events:
            self._poll.modify(fd, events)
        else:
            self._poll.unregister(fd)
        self._watched[fd] = events

    def _listen(self) -> None:
        self._reader.fill()
        self._take_frames()

    def _take_frames(self) -> None:
        while not self._input.full and (frame := self._reader.pop()) is not None:
            self._obey(frame)

    def _obey(self, frame: Frame) -> None:
        if frame.type == "i" and self._interactive:
            self._input.append(frame.payload)
            return
        if frame.type == "e" and self._interactive:
            self._input.finish()
            return
        reason = frame.json().get("killed_by") if frame.type == "K" else None
        if reason not in _REASONS:
            raise ProtocolError(f"frame {frame.type!r} while code runs")
        self._killed_by = self._killed_by or reason

    def _feed(self) -> None:
        if not self._input.pump():
            self._watch(self._input.fd, 0)
            self._input.close()
        self._take_frames()

    def _take_output(self, fd: int) -> None:
        for output in self._outputs:
            if output.fd == fd and not output.pump():
                self._resting_until = time.monotonic() + _REST_SECONDS
        if sum(output.count for output in self._outputs) > self._limits.output_kill_bytes:
            self._killed_by = self._killed_by or "output"

    def _finish_output(self) -> None:
        self._poll.close()
        os.set_blocking(self._writer.fd, True)
        for output in self._outputs:
            output.drain()
            output.close()
        self._input.close()
        self._writer.flush()

    def _report(self, wall: float) -> dict[str, Any]:
        if self._processes.status is None:
            raise ChildProcessError("the main process of the code has exited without a status")
        code = os.waitstatus_to_exitcode(self._processes.status)
        usage = self._meter.read()
        killed_by = None
        if code == -SIGKILL:
            killed_by = self._killed_by or ("memory" if usage.oom_kills > 0 else None)
        return {
            "exit_code": code if code >= 0 else None,
            "signal": -code if code < 0 else None,
            "killed_by": killed_by,
            "wall_seconds": round(wall, 6),
            "cpu_user_seconds": usage.cpu_user_seconds,
            "cpu_system_seconds": usage.cpu_system_seconds,
            "peak_memory_bytes": usage.peak_memory_bytes,
            "stdout_bytes": self._outputs[0].count,
            "stderr_bytes": self._outputs[1].count,
            "oom_kills": usage.oom_kills,
            "exception": None,
        }


def fork() -> Program | Child:
    """In the child this gives the program, which waits for its order when it is run; in the parent the child to look after."""
    order, give = os.pipe()
    with as_user():
        # Whose the streams are may open them by name, as shells do with /dev/stdout.
        (stdin, feed), (out, stdout), (err, stderr) = os.pipe(), os.pipe(), os.pipe()
    program = Program(order, stdin, stdout, stderr, supervisor_modules())
    pid = os.fork()
    if pid == 0:
        program.enter()
        return program
    for fd in (order, stdin, stdout, stderr):
        os.close(fd)
    return Child(pid, give, feed, out, err)


def _empty(fd: int) -> None:
    try:
        while os.read(fd, 512):
            pass
    except BlockingIOError:
        pass
