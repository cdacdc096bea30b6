"""
Ends the code's process the way the interpreter does, but without taking the preloaded libraries apart: that would cost
more than most programs run. The code may have replaced anything it can reach, which must not change how it ends.
"""

from supervisor.kept import BUILTINS as __builtins__

import builtins
import sys
from _io import _BufferedIOBase, _TextIOBase
from _signal import SIG_DFL, SIGINT, raise_signal, signal
from _thread import _count as count_threads
from _weakref import ref
from atexit import _run_exitfuncs as run_exit_functions
from gc import collect, get_objects
from os import _exit
from sys import __excepthook__ as display
from sys import modules

from supervisor.libc import fflush
from supervisor.places import WORK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import NoReturn

_FLUSH_FAILED = 120
_FILES = _TextIOBase, _BufferedIOBase
_MODULE = type(sys)
_last_preloaded = ""


def remember_modules() -> None:
    """What is imported by now is not the code's own."""
    global _last_preloaded
    _last_preloaded = next(reversed(modules))


def report(error: BaseException) -> int:
    """
    Says on stderr what has to be said about an uncaught exception; the status to end with, negative for a signal. Not for an
    `except` block: an exception of the code's hook would count as raised while the first was handled.
    """
    if _is(error, SystemExit):
        return _exit_code(error)
    sys.last_exc, sys.last_type = error, type(error)
    sys.last_value, sys.last_traceback = error, error.__traceback__
    hook = _hook()
    failed = _failure(lambda: hook(type(error), error, error.__traceback__))
    if failed is not None and _is(failed, SystemExit):
        return _exit_code(failed)
    if failed is not None:
        _say("Error in sys.excepthook:")
        _display(failed)
        _say("\nOriginal exception was:")
        _display(error)
    return -SIGINT if _is(error, KeyboardInterrupt) else 1


def end(status: int) -> NoReturn:
    """The steps of the interpreter's own end, in its order."""
    if threading := modules.get("threading"):
        _quietly(lambda: threading._shutdown())
    _quietly(run_exit_functions)
    _flush_files()
    if status >= 0 and count_threads():
        # Daemon threads would run on in modules that are taken apart. The interpreter knows how to stop them.
        raise SystemExit(status)
    flushed = _flush()
    _take_apart()
    flushed = _flush() and flushed
    _failure(lambda: fflush(None))
    if status < 0:
        signal(-status, SIG_DFL)
        raise_signal(-status)
    _exit(status & 0xFF if flushed else _FLUSH_FAILED)


def _is(value: object, kind: type) -> bool:
    """By its type alone: `isinstance` would ask the value, too."""
    return issubclass(type(value), kind)


def _hook() -> Callable[..., object]:
    try:
        return sys.excepthook
    except AttributeError:
        _say("sys.excepthook is missing")
        return display


def _exit_code(error: BaseException) -> int:
    try:
        value = error.code
    except BaseException:
        value = error
    if value is None:
        return 0
    if _is(value, int):
        number = int.__index__(value)
        return number & 0xFF if -(1 << 31) <= number < 1 << 31 else 0xFF
    _say(value)
    return 1


def _say(value: object) -> None:
    _failure(lambda: None if sys.stderr is None else print(value, file=sys.stderr))


def _failure(step: Callable[[], object]) -> BaseException | None:
    """What it raises, with the traceback from its own first line on."""
    try:
        step()
        return None
    except BaseException as error:
        failed = error
    try:
        trace = failed.__traceback__
        while trace is not None and trace.tb_frame.f_globals.get("__builtins__") is __builtins__:
            trace = trace.tb_next
        failed.__traceback__ = trace
    except BaseException:
        # A hook of the code's does not let anybody look.
        pass
    return failed


def _quietly(step: Callable[[], object]) -> None:
    if (failed := _failure(step)) is not None:
        _display(failed)


def _display(error: BaseException) -> None:
    _failure(lambda: display(type(error), error, error.__traceback__))


def _flush() -> bool:
    if (failed := _failure(lambda: _flush_open("stdout"))) is not None:
        _say(f"Exception ignored while flushing sys.stdout:\n{type(failed).__name__}: {failed}")
        return False
    return _failure(lambda: _flush_open("stderr")) is None


def _flush_open(name: str) -> None:
    file = getattr(sys, name, None)
    if file is not None and not _is_closed(file):
        file.flush()


def _is_closed(file: object) -> bool:
    try:
        return bool(file.closed)
    except BaseException:
        return False


def _take_apart() -> None:
    """Drops the code's own modules: files are flushed and closed, objects see their `__del__`."""
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        setattr(sys, name, None)
    if "_" in builtins.__dict__:
        # The last value that was shown.
        builtins._ = None
    left = [ref(modules.pop(name)) for name in _own_modules()]
    collect()
    for reference in left:
        module = reference()
        if module is not None:
            _clear(module)
    collect()


def _flush_files() -> None:
    """Files that are only reachable in a cycle may be closed below their buffers, which would lose what is in them."""
    try:
        found = [item for item in get_objects() if _is(item, _FILES)]
    except BaseException:
        # A hook of the code's does not let anybody look.
        return
    for item in found:
        # Closed, read-only, or full: its own end will tell.
        _failure(item.flush)


def _own_modules() -> list[str]:
    """The main module and those of the working directory. A look at preloaded ones would copy the pages they are on."""
    own = ["__main__"] if _is(modules.get("__main__"), _MODULE) else []
    for name in reversed(modules):
        if name == _last_preloaded:
            break
        module = modules[name]
        file = _names_of(module).get("__file__") if _is(module, _MODULE) else None
        if _is(file, str) and str.startswith(file, WORK):
            own.append(name)
    return own


def _names_of(module: ModuleType) -> dict[str, object]:
    return _MODULE.__getattribute__(module, "__dict__")


def _clear(module: ModuleType) -> None:
    """As the interpreter does it: first what is private, then the rest."""
    names = _names_of(module)
    texts = [name for name in names if _is(name, str)]
    for name in texts:
        if name[:1] == "_" and name[1:2] != "_":
            names[name] = None
    for name in texts:
        if name != "__builtins__":
            names[name] = None
