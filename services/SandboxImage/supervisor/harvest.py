"""Hands the files of an execution to the runner, each with its own outcome."""

import os

from supervisor.behind import left_behind
from supervisor.frames import PIECE, FrameWriter
from supervisor.request import Limits
from supervisor.staging import InputFile
from supervisor.walk import Entry, open_file, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Harvest:
    def __init__(self, writer: FrameWriter, limits: Limits, inputs: dict[str, InputFile]) -> None:
        self._writer = writer
        self._limits = limits
        self._inputs = inputs
        self._count = {"files": 0, "skipped": 0}
        self._bytes = 0
        self._buffer = memoryview(bytearray(PIECE))

    def collect(self, directory: str, elsewhere: tuple[str, ...] = ()) -> None:
        """Sends every file, a word about everything that is not sent, the totals, and the names of files that were left elsewhere."""
        try:
            os.chmod(directory, 0o700)
        except OSError:
            # Not the owner, as on a host directory: then it is readable or reported as not.
            pass
        root = os.open(directory, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for entry in walk(root):
                self._take(root, entry)
        finally:
            os.close(root)
        left = left_behind(elsewhere)
        self._writer.send_json("Z", {**self._count, "left_behind": left} if left else self._count)

    def _take(self, root: int, entry: Entry) -> None:
        if entry.skip:
            self._skip(entry, entry.skip)
            return
        try:
            fd = open_file(root, entry.raw)
        except OSError:
            self._skip(entry, "unreadable")
            return
        try:
            self._take_open(fd, entry)
        finally:
            os.close(fd)

    def _take_open(self, fd: int, entry: Entry) -> None:
        source = self._inputs.get(entry.path)
        if source is not None and self._is_unchanged(fd, entry, source):
            return
        reason = self._over_limit(entry)
        if reason:
            self._skip(entry, reason)
        else:
            self._send(fd, entry, source.file_id if source else None)

    def _over_limit(self, entry: Entry) -> str | None:
        if entry.size > self._limits.file_bytes:
            return "too_large"
        if self._count["files"] >= self._limits.files:
            return "too_many"
        if self._bytes + entry.size > self._limits.total_file_bytes:
            return "total_size"
        return None

    def _is_unchanged(self, fd: int, entry: Entry, source: InputFile) -> bool:
        if entry.size != source.size:
            return False
        digest = _sha256()
        try:
            while (count := os.readv(fd, [self._buffer])) > 0:
                digest.update(self._buffer[:count])
            os.lseek(fd, 0, os.SEEK_SET)
        except OSError:
            return False
        return digest.hexdigest() == source.sha256

    def _send(self, fd: int, entry: Entry, modified_from: str | None) -> None:
        self._writer.send_json("F", {"path": entry.path, "size": entry.size, "modified_from": modified_from}, more=True)
        self._bytes += entry.size
        digest, left = _sha256(), entry.size
        try:
            while left > 0 and (count := os.readv(fd, [self._buffer[:left]])) > 0:
                digest.update(self._buffer[:count])
                self._writer.send("D", self._buffer[:count], more=True)
                left -= count
        except OSError:
            pass
        if left > 0:
            self._writer.send_json("H", {"error": "unreadable"}, more=True)
            self._count["skipped"] += 1
        else:
            self._writer.send_json("H", {"sha256": digest.hexdigest()}, more=True)
            self._count["files"] += 1

    def _skip(self, entry: Entry, reason: str) -> None:
        if self._count["skipped"] < self._limits.skipped_files:
            self._writer.send_json("N", {"path": entry.path, "reason": reason, "size": entry.size}, more=True)
        self._count["skipped"] += 1


def _sha256() -> Any:
    # Most code leaves no files: nothing is imported for them until there are some.
    import hashlib
    return hashlib.sha256()
