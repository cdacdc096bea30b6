"""The standard input of the code: fed as fast as the code reads, and open for more when the execution is interactive."""

import os

from supervisor.frames import PIECE

_UNREAD_LIMIT = 1 << 20


class Input:
    def __init__(self, fd: int, data: bytes, more: bool) -> None:
        self.fd = fd
        # One buffer, not the pieces as they came: a piece may be a single byte.
        self._unread = bytearray(data)
        # What came with the request is in memory anyway, and never a reason to stop listening.
        self._limit = len(data) + _UNREAD_LIMIT
        self._more = more
        os.set_blocking(fd, False)

    @property
    def waiting(self) -> bool:
        """Whether there is something to do as soon as the pipe takes it."""
        return self.fd >= 0 and (bool(self._unread) or not self._more)

    @property
    def full(self) -> bool:
        return len(self._unread) > self._limit

    def append(self, data: bytes) -> None:
        """More for the code to read; dropped when it can read no more."""
        if self._more and self.fd >= 0:
            self._unread += data

    def finish(self) -> None:
        self._more = False

    def pump(self) -> bool:
        """Writes what the pipe takes; false when nothing will ever follow."""
        try:
            while self._unread:
                with memoryview(self._unread) as view, view[:PIECE] as piece:
                    count = os.write(self.fd, piece)
                del self._unread[:count]
        except BlockingIOError:
            return True
        except BrokenPipeError:
            return False
        return self._more

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1
        self._unread.clear()
