"""
The uncaught exception that ended the code, as data. The code's process writes it into a file. The supervisor reads the file when every
process of the code is dead, and trusts nothing in it: the code may have written it.
"""

from supervisor.kept import BUILTINS as __builtins__

import os
import stat
from _collections import deque

from supervisor import jsontext
from supervisor.identity import take_spare_files
from supervisor.places import EXCEPTION, HOME, MAIN
from supervisor.walk import open_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TYPE, _MESSAGE = 256, 4096
_FILE, _FUNCTION, _CODE = 512, 256, 512
_FRAMES_OF_EACH_END = 25
_MAX_LINE = (1 << 31) - 1
_MAX_JSON = 48 * 1024
_MAX_FILE = 64 * 1024

Step = tuple[str, int | None, str, str | None]


def leave(error: BaseException, main: str = MAIN) -> None:
    """Writes the file, or does not: nothing about an exception may change how the code ends."""
    try:
        _make_room()
        data = jsontext.dumps(describe(error, main))
        fd = os.open(EXCEPTION, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, data)
        finally:
            os.close(fd)
    except BaseException:
        pass


def _make_room() -> None:
    try:
        os.close(os.open("/", os.O_PATH | os.O_CLOEXEC))
    except OSError:
        take_spare_files()


def take(home: str = HOME) -> dict[str, Any] | None:
    """What was left, if it is what `leave` can have written. Runs as the sandbox user."""
    try:
        return _check(jsontext.loads(_read(home)))
    except (OSError, ValueError, RecursionError):
        return None


def describe(error: BaseException, main: str = MAIN) -> dict[str, Any]:
    cut = _Cut()
    steps, complete = _steps(error)
    report = {
        "type": cut(_type_name(type(error)), _TYPE),
        "message": cut(_message(error), _MESSAGE),
        "frames": [_frame(step, main, cut) for step in steps],
        "truncated": cut.happened or not complete,
    }
    while _size(report) > _MAX_JSON:
        _shrink(report)
    return report


class _Cut:
    """Makes plain strings of limited length that UTF-8 can hold, and remembers whether one was longer."""

    def __init__(self) -> None:
        self.happened = False

    def __call__(self, value: str, limit: int) -> str:
        # As on stderr: what UTF-8 cannot hold is escaped.
        value = str.__str__(value)
        text = value[:limit].encode(errors="backslashreplace").decode()
        self.happened = self.happened or len(value) > limit or len(text) > limit
        return text[:limit]


def _type_name(kind: type[BaseException]) -> str:
    module = kind.__module__ if isinstance(kind.__module__, str) else "<unknown>"
    return kind.__qualname__ if module in ("builtins", "__main__") else f"{module}.{kind.__qualname__}"


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "<exception str() failed>"


def _steps(error: BaseException) -> tuple[list[Step], bool]:
    """The first and the last steps of the traceback, and whether these are all."""
    first: list[Step] = []
    last: deque[Step] = deque(maxlen=_FRAMES_OF_EACH_END)
    count, trace = 0, error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        (first if count < _FRAMES_OF_EACH_END else last).append((code.co_filename, trace.tb_lineno, code.co_name, None))
        count, trace = count + 1, trace.tb_next
    if isinstance(error, SyntaxError) and isinstance(error.filename, str):
        # A traceback shows the place of the error like one more step, only without a function.
        (first if count < _FRAMES_OF_EACH_END else last).append((error.filename, error.lineno, "", error.text))
        count += 1
    return [*first, *last], count == len(first) + len(last)


def _frame(step: Step, main: str, cut: _Cut) -> dict[str, Any]:
    file, line, function, code = step
    line = line if type(line) is int and 0 < line <= _MAX_LINE else 0
    if not isinstance(code, str):
        import linecache
        code = linecache.getline(file, line)
    return {
        "file": "main.py" if file == main else cut(file, _FILE), "line": line, "function": cut(function, _FUNCTION),
        "code": cut(code.strip(), _CODE)}


def _shrink(report: dict[str, Any]) -> None:
    """The message down to half of the room, then frames from the middle; the last one, which raised, stays."""
    report["truncated"] = True
    message, frames = report["message"], report["frames"]
    if _size(message) > _MAX_JSON // 2:
        report["message"] = message[:len(message) // 2]
    else:
        del frames[(len(frames) - 1) // 2]


def _size(value: Any) -> int:
    return len(jsontext.dumps(value))


def _read(home: str) -> bytes:
    folder = os.open(home, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fd = open_file(folder, os.fsencode(os.path.basename(EXCEPTION)))
    finally:
        os.close(folder)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_FILE:
            raise ValueError("no plain small file")
        return os.read(fd, _MAX_FILE)
    finally:
        os.close(fd)


def _check(value: Any) -> dict[str, Any]:
    """Takes over known fields of the right shape only."""
    if not isinstance(value, dict) or not isinstance(value.get("truncated"), bool):
        raise ValueError("no report")
    frames = value.get("frames")
    if not isinstance(frames, list) or len(frames) > 2 * _FRAMES_OF_EACH_END:
        raise ValueError("no frames")
    report = {
        "type": _string(value, "type", _TYPE),
        "message": _string(value, "message", _MESSAGE),
        "frames": [_check_frame(frame) for frame in frames],
        "truncated": value["truncated"],
    }
    if not report["type"] or _size(report) > _MAX_JSON:
        raise ValueError("nameless or too long")
    return report


def _check_frame(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or type(value.get("line")) is not int or not 0 <= value["line"] <= _MAX_LINE:
        raise ValueError("no frame")
    return {
        "file": _string(value, "file", _FILE), "line": value["line"], "function": _string(value, "function", _FUNCTION),
        "code": _string(value, "code", _CODE)}


def _string(values: dict[str, Any], name: str, limit: int) -> str:
    value = values.get(name)
    if not isinstance(value, str) or len(value) > limit:
        raise ValueError(f"{name} is no string or too long")
    # Fails for surrogates, which JSON can name but UTF-8 cannot hold.
    value.encode()
    return value
