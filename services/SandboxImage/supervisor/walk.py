"""Lists what the code left in its output directory. Runs when nobody is left who could change it meanwhile."""

import os
import stat
import unicodedata

from supervisor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PATH = 1024
_MAX_ENTRIES = 200_000


class Entry(Record):
    """Something that is not a directory, or a directory that cannot be entered."""

    path: str
    raw: bytes
    size: int
    skip: str | None


def walk(root: int) -> Iterator[Entry]:
    """Everything below the directory, sorted by path. No link is followed, and no depth is too deep."""
    stack, seen = [b""], 0
    while stack:
        raw = stack.pop()
        if raw and not raw.endswith(b"/"):
            yield _entry(root, raw)
            continue
        reason = _reason_not_to_enter(raw)
        names = [] if reason else _list(root, raw)
        if reason or names is None:
            yield Entry(printable(raw[:-1]), raw, 0, reason or "unreadable")
            continue
        for name in reversed(names):
            seen += 1
            if seen > _MAX_ENTRIES:
                yield Entry(printable(raw + name), raw + name, 0, "too_many")
            else:
                stack.append(raw + name)


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
    return text.encode()[:MAX_PATH].decode(errors="ignore")


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


def _list(root: int, raw: bytes) -> list[bytes] | None:
    """The names in a directory, folders with a slash at their end; nothing when it cannot be read."""
    path = raw or b"."
    try:
        return _scan(root, path)
    except PermissionError:
        pass
    except OSError:
        return None
    try:
        os.chmod(path, 0o700, dir_fd=root)
        return _scan(root, path)
    except OSError:
        return None


def _scan(root: int, path: bytes) -> list[bytes]:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=root)
    try:
        if not os.fstat(fd).st_mode & stat.S_IXUSR:
            # It can be listed, and nothing in it reached.
            os.fchmod(fd, 0o700)
        with os.scandir(fd) as entries:
            return sorted(_name(entry) for entry in entries)
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
