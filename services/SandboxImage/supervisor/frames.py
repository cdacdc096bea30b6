"""The frame codec of the sandbox protocol: one type byte, four bytes of length, the payload."""

import os
import struct
from _collections import deque

from supervisor import jsontext
from supervisor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_PAYLOAD = 1 << 20
PIECE = 64 * 1024

# What one call of the system takes is 1024.
_TOGETHER = 512

_HEADER = struct.Struct(">cI")


class ProtocolError(Exception):
    """The other side broke the protocol."""


class ChannelClosed(Exception):
    """The other side is gone."""


class Frame(Record):
    type: str
    payload: bytes

    def json(self) -> dict[str, Any]:
        try:
            value = jsontext.loads(self.payload)
        except ValueError as error:
            raise ProtocolError(f"frame {self.type} is not JSON") from error
        if not isinstance(value, dict):
            raise ProtocolError(f"frame {self.type} is not a JSON object")
        return value


class FrameReader:
    """Reads frames from a descriptor, either waiting for each or as bytes happen to come."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._buffer = bytearray()

    def read(self) -> Frame:
        """Waits for the next frame."""
        while (frame := self.pop()) is None:
            self.fill()
        return frame

    def fill(self) -> None:
        """Takes what the descriptor has."""
        data = os.read(self.fd, 4 * PIECE)
        if not data:
            raise ChannelClosed
        self._buffer += data

    def discard(self) -> None:
        """Reads until the other side is gone, and keeps nothing."""
        while True:
            self._buffer.clear()
            self.fill()

    def pop(self) -> Frame | None:
        """The next frame that is complete."""
        if len(self._buffer) < _HEADER.size:
            return None
        kind, length = _HEADER.unpack_from(self._buffer)
        if length > MAX_PAYLOAD:
            raise ProtocolError(f"a frame of {length} bytes is longer than {MAX_PAYLOAD}")
        end = _HEADER.size + length
        if len(self._buffer) < end:
            return None
        payload = bytes(memoryview(self._buffer)[_HEADER.size:end])
        del self._buffer[:end]
        return Frame(kind.decode("latin-1"), payload)


class FrameWriter:
    """
    Writes frames to a descriptor. While code runs the descriptor does not block: bytes that it does not accept are kept here,
    and callers check `pending` before they produce more. It is not `intact` after an exception that left it between two
    states: it is unknown how much of the queue was written, so nothing more is written.
    """

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.pending = 0
        self.intact = True
        self._queue: deque[memoryview] = deque()

    def send_json(self, kind: str, value: dict[str, Any], more: bool = False) -> None:
        self.send(kind, jsontext.dumps(value), more)

    def send(self, kind: str, payload: bytes | memoryview, more: bool = False) -> None:
        """With `more` to come the frame may wait for it: each write wakes everyone on the way to the runner."""
        keep = more and self.pending + _HEADER.size + len(payload) < PIECE
        # The caller may use its buffer again.
        frame = _HEADER.pack(kind.encode("latin-1"), len(payload)), bytes(payload) if keep else payload
        self.intact = False
        for part in frame:
            self._put(part)
        self.intact = True
        if not keep:
            self.flush()

    def flush(self) -> None:
        """Writes what the descriptor takes; on a blocking descriptor, everything."""
        while self._queue:
            pieces = list(self._queue)[:_TOGETHER]
            self.intact = False
            try:
                written = os.writev(self.fd, pieces)
            except BlockingIOError:
                self.intact = True
                return
            except BrokenPipeError as error:
                raise ChannelClosed from error
            self._drop(written)
            self.intact = True

    def _put(self, data: bytes | memoryview) -> None:
        if data:
            self._queue.append(memoryview(data))
            self.pending += len(data)

    def _drop(self, written: int) -> None:
        self.pending -= written
        while written:
            head = self._queue.popleft()
            if len(head) > written:
                self._queue.appendleft(head[written:])
                return
            written -= len(head)
