"""Takes the items of a request: the code, the standard input, and files under their own names."""

import errno
import os

from supervisor import jsontext
from supervisor.frames import Frame, FrameReader, ProtocolError
from supervisor.record import Record
from supervisor.request import Execute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_MAX_PATH = 1024
_MAX_NAME = 255


class NoRoomError(Exception):
    """The input files do not fit into the working directory."""


class InputFile(Record):
    path: str
    # The code's own file has none.
    file_id: str | None
    size: int
    sha256: str


class Staged:
    """Everything that came before `execute`."""

    def __init__(self) -> None:
        self.code = b""
        self.stdin = b""
        self.files: dict[str, InputFile] = {}
        # Where the code seems to be.
        self.main = ""


class Stage:
    """Receives one request; files are written below `root` as they come."""

    def __init__(self, reader: FrameReader, root: str) -> None:
        self._reader = reader
        self._root = root
        self._staged = Staged()
        self._seen: set[str] = set()

    def receive(self) -> tuple[Staged, Execute]:
        try:
            return self._receive()
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoomError("the input files do not fit into the working directory") from error
            raise

    def _receive(self) -> tuple[Staged, Execute]:
        while (frame := self._reader.read()).type != "X":
            self._take(frame)
        if "code" not in self._seen:
            raise ProtocolError("execute came before the code")
        return self._staged, Execute.parse(frame.json())

    def _take(self, frame: Frame) -> None:
        if frame.type != "I":
            raise ProtocolError(f"frame {frame.type!r} before execute")
        item = frame.json()
        kind, size = item.get("kind"), item.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise ProtocolError("an item has no size")
        if kind == "file":
            self._take_file(item, size)
        elif kind in ("code", "stdin"):
            if kind in self._seen:
                raise ProtocolError(f"a second item {kind}")
            self._seen.add(kind)
            setattr(self._staged, kind, b"".join(self._pieces(size)))
        else:
            raise ProtocolError("an item of an unknown kind")

    def _take_file(self, item: dict[str, Any], size: int) -> None:
        wanted, file_id = item.get("path"), item.get("file_id")
        if not isinstance(file_id, str):
            raise ProtocolError("a file has no file_id")
        path, fd = create_file(self._root, check_path(wanted))
        import hashlib
        digest = hashlib.sha256()
        with os.fdopen(fd, "wb", buffering=0) as target:
            for piece in self._pieces(size):
                digest.update(piece)
                _write_all(target.fileno(), piece)
        self._staged.files[path] = InputFile(path, file_id, size, digest.hexdigest())

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size > 0:
            frame = self._reader.read()
            if frame.type != "D" or not frame.payload or len(frame.payload) > size:
                raise ProtocolError("the data of an item does not have its size")
            size -= len(frame.payload)
            yield frame.payload


def check_path(path: Any) -> str:
    """A relative path that stays below the directory it is joined to."""
    if not isinstance(path, str):
        raise ProtocolError("a file has no path")
    try:
        raw = path.encode()
    except UnicodeEncodeError as error:
        raise ProtocolError("a file's path is not UTF-8") from error
    parts = path.split("/")
    if not path or len(raw) > _MAX_PATH or "\0" in path or any(part in ("", ".", "..") for part in parts):
        raise ProtocolError("a file's path is not a plain relative path")
    if any(len(part.encode()) > _MAX_NAME for part in parts):
        raise ProtocolError("a file's name is too long")
    return path


def create_file(root: str, path: str) -> tuple[str, int]:
    """Creates the file; what is there already keeps its name, and the newcomer gets a number. No path gets longer than one may be."""
    *folders, name = path.split("/")
    parent, rest = "", len(path.encode())
    for folder in folders:
        rest -= len(folder.encode()) + 1
        parent = _create_folder(root, parent, folder, rest + 1)
    for candidate in numbered(name, _MAX_PATH - len(parent.encode())):
        target = parent + candidate
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            return target, os.open(os.path.join(root, target), flags, 0o644)
        except FileExistsError:
            continue
    raise AssertionError("names have no end")


def _create_folder(root: str, parent: str, folder: str, rest: int) -> str:
    for candidate in numbered(folder, _MAX_PATH - len(parent.encode()) - rest):
        target = os.path.join(root, parent + candidate)
        try:
            os.mkdir(target, 0o755)
        except FileExistsError:
            if not os.path.isdir(target):
                continue
        return parent + candidate + "/"
    raise AssertionError("names have no end")


def numbered(name: str, room: int = _MAX_NAME) -> Iterator[str]:
    """`a.csv`, `a (2).csv`, `a (3).csv`, ..., each of at most `room` bytes: the end of a long name is dropped first, then its extension."""
    yield name
    stem, extension = os.path.splitext(name)
    room, number = min(room, _MAX_NAME), 2
    while True:
        suffix = f" ({number}){extension}"
        left = room - len(suffix.encode())
        yield _shorten(stem, left) + suffix if left > 0 else str(number)
        number += 1


def write_inputs(path: str, files: dict[str, InputFile]) -> None:
    """Leaves for `load_file` which id has which name."""
    if files:
        with open(path, "wb") as target:
            target.write(jsontext.dumps([{"file_id": file.file_id, "path": file.path} for file in files.values()]))


def _shorten(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view):]
