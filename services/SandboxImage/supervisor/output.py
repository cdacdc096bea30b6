"""One output stream of the code: forwards its beginning, counts all of it."""

import fcntl
import os

from supervisor.frames import PIECE, FrameWriter


class Output:
    def __init__(self, fd: int, frame_type: str, keep: int, channel: FrameWriter) -> None:
        self.fd = fd
        self.count = 0
        self.open = True
        self._type = frame_type
        self._keep = keep
        self._channel = channel
        os.set_blocking(fd, False)
        # Half of what the pipe holds. The kernel makes pipes of one or two pages when a user has very many of them.
        self._much = min(PIECE, fcntl.fcntl(fd, fcntl.F_GETPIPE_SZ)) // 2

    def pump(self) -> bool:
        """Moves one piece; whether it was so much that the next one should not wait."""
        return self._move() >= self._much

    def _move(self) -> int:
        """The size of the piece: 0 when there is none for now, or none any more."""
        try:
            data = os.read(self.fd, PIECE)
        except BlockingIOError:
            return 0
        if not data:
            self.open = False
            return 0
        room = self._keep - self.count
        self.count += len(data)
        if room > 0:
            self._channel.send(self._type, data[:room])
        return len(data)

    def drain(self) -> None:
        """Takes what is left once every writer is dead; a pipe is all it can be."""
        while self.open and self._move():
            pass

    def close(self) -> None:
        self.open = False
        os.close(self.fd)
