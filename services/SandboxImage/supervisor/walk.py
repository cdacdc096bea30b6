"""Lists the files in the working directory. Runs when every process of the code is dead, so nothing changes them meanwhile."""

import os
import stat
import unicodedata

from supervisor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_PATH = 1024
_MAX_ENTRIES = 200_000
# Most bytes of names in memory: twice the first number for one directory, and the second for all, so that small ones below it fit.
_ROOM = 128 * 1024
_ROOM_OF_ALL = 4 * _ROOM
# What Python makes of a name.
_OVERHEAD = 50


class Entry(Record):
    """Something that is not a directory, or a directory that cannot be entered."""

    path: str
    raw: bytes
    size: int
    skip: str | None


def walk(root: int, pass_over: Callable[[bytes], bool] | None = None) -> Iterator[Entry]:
    """
    Everything below the directory, sorted by path. It follows no link, and handles any depth and any number of names in little memory: it
    reads names in parts, and reads those of upper directories again if the lower ones need the memory. Entries of the directory itself can
    be skipped by their names.
    """
    folders, seen = [_Folder(root, b"")], 0
    if not folders[0].readable:
        raise OSError("the working directory cannot be read")
    while folders:
        raw = folders[-1].next()
        if raw is None:
            folders.pop()
            continue
        seen += 1
        if len(folders) == 1 and pass_over is not None and pass_over(raw.rstrip(b"/")):
            continue
        if seen > _MAX_ENTRIES:
            yield Entry(printable(raw), raw, 0, "too_many")
        elif not raw.endswith(b"/"):
            yield _entry(root, raw)
        elif reason := _reason_not_to_enter(raw):
            yield Entry(printable(raw[:-1]), raw, 0, reason)
        else:
            below = _Folder(root, raw)
            if not below.readable:
                yield Entry(printable(raw[:-1]), raw, 0, "unreadable")
                continue
            folders.append(below)
            if sum(folder.size for folder in folders) > _ROOM_OF_ALL:
                for folder in folders[:-1]:
                    folder.forget()


class _Folder:
    """A directory on the way, with the part of its names that comes next."""

    def __init__(self, root: int, raw: bytes) -> None:
        self._root, self._raw = root, raw
        self._last = b""
        self._names: list[bytes] = []
        self._more = True
        self.size = 0
        self.readable = self._try_fill()

    def next(self) -> bytes | None:
        """The path of the next entry."""
        if not self._names and self._more and not self._try_fill():
            raise OSError("a directory that could be read can no longer be")
        if not self._names:
            return None
        self._last = self._names.pop()
        self.size -= _size(self._last)
        return self._raw + self._last

    def forget(self) -> None:
        """Lets go of the names; they are read again when they are needed."""
        self._more = self._more or bool(self._names)
        self._names, self.size = [], 0

    def _try_fill(self) -> bool:
        first = _list(self._root, self._raw, self._last)
        names, self._more = first or ([], False)
        self._names = names[::-1]
        self.size = sum(map(_size, names))
        return first is not None


def first_names(names: Iterable[bytes], after: bytes, room: int = _ROOM) -> tuple[list[bytes], bool]:
    """The first of those behind `after`, sorted and as many as there is room for, and whether there are more."""
    kept: list[bytes] = []
    size, end = 0, None
    for name in names:
        if name <= after or (end is not None and name > end):
            continue
        kept.append(name)
        size += _size(name)
        if size > 2 * room:
            kept.sort()
            while size > room and len(kept) > 1:
                size -= _size(kept.pop())
            end = kept[-1]
    kept.sort()
    return kept, end is not None


def _size(name: bytes) -> int:
    return len(name) + _OVERHEAD


def open_file(root: int, raw: bytes) -> int:
    """Opens for reading, whatever mode its owner gave it."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(raw, flags, dir_fd=root)
    except PermissionError:
        os.chmod(raw, 0o600, dir_fd=root)
        return os.open(raw, flags, dir_fd=root)


def printable(raw: bytes) -> str:
    """The path as it can be shown: U+FFFD for control characters and what is not UTF-8, cut to the longest path."""
    text = "".join("\ufffd" if _is_control(char) else char for char in raw.decode(errors="replace"))
    cut = text.encode()[:MAX_PATH].decode(errors="ignore")
    # What is cut must not end like a folder, or like one that is not its own.
    return text if len(cut) == len(text) else cut.rstrip("./")


def _entry(root: int, raw: bytes) -> Entry:
    path = printable(raw)
    try:
        status = os.stat(raw, dir_fd=root, follow_symlinks=False)
    except OSError:
        return Entry(path, raw, 0, "bad_name" if not _is_good(raw) else "unreadable")
    size = status.st_size if stat.S_ISREG(status.st_mode) else 0
    return Entry(path, raw, size, _reason(raw, status.st_mode))


def _reason(raw: bytes, mode: int) -> str | None:
    if stat.S_ISLNK(mode):
        return "link"
    if not stat.S_ISREG(mode):
        return "special_file"
    return None if _is_good(raw) else "bad_name"


def _reason_not_to_enter(raw: bytes) -> str | None:
    return "bad_name" if raw and not _is_good(raw) else None


def _list(root: int, raw: bytes, after: bytes) -> tuple[list[bytes], bool] | None:
    """The next names in a directory, folders with a slash at their end, and whether there are more; nothing when it cannot be read."""
    path = raw or b"."
    try:
        return _scan(root, path, after)
    except PermissionError:
        pass
    except OSError:
        return None
    try:
        os.chmod(path, 0o700, dir_fd=root)
        return _scan(root, path, after)
    except OSError:
        return None


def _scan(root: int, path: bytes, after: bytes) -> tuple[list[bytes], bool]:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=root)
    try:
        if not os.fstat(fd).st_mode & stat.S_IXUSR:
            # It can be listed, and nothing in it reached.
            os.fchmod(fd, 0o700)
        with os.scandir(fd) as entries:
            return first_names(map(_name, entries), after)
    finally:
        os.close(fd)


def _name(entry: os.DirEntry) -> bytes:
    return os.fsencode(entry.name) + (b"/" if entry.is_dir(follow_symlinks=False) else b"")


def _is_good(raw: bytes) -> bool:
    try:
        return len(raw.rstrip(b"/")) <= MAX_PATH and not any(map(_is_control, raw.decode()))
    except UnicodeDecodeError:
        return False


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")
