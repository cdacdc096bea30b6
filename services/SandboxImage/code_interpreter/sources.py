"""A file to read, packed or not, and what is said about how it was read."""

import io
import os
import sys
from typing import Any, BinaryIO

PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
_CGROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_told: set[str] = set()


class Source:
    """A file by its path. `name.csv.gz` is read as `name.csv`; in a ZIP archive this needs one member, whatever its name."""

    def __init__(self, path: str) -> None:
        self.path = path
        inner, extension = os.path.splitext(path)
        self.packing = extension.lower() if extension.lower() in PACKED and os.path.splitext(inner)[1] else ""
        self.name = os.path.basename(path)
        self.extension = os.path.splitext(inner)[1].lower() if self.packing else extension.lower()

    def open(self, bounded: bool = True) -> BinaryIO:
        """Its bytes, unpacked. What unpacks to more than fits into memory is an error, unless it is read in pieces."""
        if not self.packing:
            return open(self.path, "rb")
        stream = _unpack(self.path, self.packing)
        return io.BufferedReader(_Bounded(stream, self.name, memory() // 2), 256 * 1024) if bounded else stream

    def head(self, size: int) -> bytes:
        with self.open() as file:
            return file.read(size)

    def read(self) -> bytes:
        with self.open() as file:
            return file.read()

    def whole(self) -> Any:
        """For libraries: the path where nothing is packed, else a file in memory that can seek."""
        return io.BytesIO(self.read()) if self.packing else self.path

    def tell(self, what: str) -> None:
        """One line on stderr about what was assumed; the same line once."""
        line = f"load_file: {self.name}: {what}"
        if line not in _told and sys.stderr is not None:
            _told.add(line)
            print(line, file=sys.stderr)


def memory() -> int:
    """Bytes that the sandbox may use; of the machine, where no limit is set."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in _CGROUPS:
        try:
            with open(path) as file:
                return min(machine, int(file.read()))
        except (OSError, ValueError):
            continue
    return machine


def check_unpacked(source: Source, archive: Any) -> None:
    """Refuses a ZIP archive that is too large for the memory once unpacked. Its directory has the size, which `zipfile` enforces."""
    size = sum(member.file_size for member in archive.infolist())
    if size > memory() // 2:
        raise _too_large(source.name, size, memory() // 2)


def _too_large(name: str, size: int, limit: int) -> ValueError:
    return ValueError(
        f"{name} unpacks to {'at least ' if size == limit + 1 else ''}{_mib(size)}, and at most "
        f"{_mib(limit)} are read at once in this sandbox. "
        "A text table can be read in pieces: load_file(..., chunksize=100000), or nrows=.")


def _mib(size: int) -> str:
    return f"{max(size >> 20, 1)} MiB"


def _unpack(path: str, packing: str) -> BinaryIO:
    if packing == ".gz":
        import gzip
        return gzip.open(path, "rb")
    if packing == ".bz2":
        import bz2
        return bz2.open(path, "rb")
    if packing == ".xz":
        import lzma
        return lzma.open(path, "rb")
    if packing == ".zst":
        from compression import zstd
        return zstd.open(path, "rb")
    import zipfile
    archive = zipfile.ZipFile(path)
    # A Mac adds notes of its own.
    members = [member for member in archive.infolist() if not member.is_dir() and not member.filename.startswith("__MACOSX/")]
    if len(members) != 1:
        raise ValueError(f"{os.path.basename(path)} has {len(members)} members, not one; open it with zipfile.ZipFile(load_file_path(...))")
    return archive.open(members[0])


class _Bounded(io.RawIOBase):
    """Passes on so many bytes, and then fails: a few kilobytes can unpack to more than any memory."""

    def __init__(self, stream: BinaryIO, name: str, limit: int) -> None:
        self._stream, self._name, self._limit, self._count = stream, name, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._count += len(data)
        if self._count > self._limit:
            raise _too_large(self._name, self._limit + 1, self._limit)
        buffer[:len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
