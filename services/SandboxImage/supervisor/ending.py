"""
Ends the code's process the way the interpreter does, but without taking the preloaded libraries apart: that would cost
more than most programs run.
"""

import _io
import _signal as signal
import atexit
import builtins
import gc
import os
import sys
from _weakref import ref

from supervisor import libc
from supervisor.places import WORK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import NoReturn

_FLUSH_FAILED = 120
_last_preloaded = ""


def remember_modules() -> None:
    """What is imported by now is not the code's own."""
    global _last_preloaded
    _last_preloaded = next(reversed(sys.modules))


def report(error: BaseException) -> int:
    """Says on stderr what has to be said about an uncaught exception; the status to end with, negative for a signal."""
    if isinstance(error, SystemExit):
        return _exit_code(error.code)
    sys.last_exc, sys.last_type = error, type(error)
    sys.last_value, sys.last_traceback = error, error.__traceback__
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except SystemExit as leaving:
        return _exit_code(leaving.code)
    except BaseException as failed:
        _say("Error in sys.excepthook:")
        sys.__excepthook__(type(failed), failed, failed.__traceback__.tb_next)
        _say("\nOriginal exception was:")
        sys.__excepthook__(type(error), error, error.__traceback__)
    return -signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1


def end(status: int) -> NoReturn:
    """The steps of the interpreter's own end, in its order."""
    if threading := sys.modules.get("threading"):
        _quietly(threading._shutdown)
    _quietly(atexit._run_exitfuncs)
    _flush_files()
    if status >= 0 and len(sys._current_frames()) > 1:
        # Daemon threads would run on in modules that are taken apart. The interpreter knows how to stop them.
        raise SystemExit(status)
    flushed = _flush()
    _take_apart()
    flushed = _flush() and flushed
    libc.fflush(None)
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status & 0xFF if flushed else _FLUSH_FAILED)


def _exit_code(value: object) -> int:
    if value is None:
        return 0
    if isinstance(value, int):
        return int(value) & 0xFF if -(1 << 31) <= value < 1 << 31 else 0xFF
    _say(value)
    return 1


def _say(value: object) -> None:
    if sys.stderr is not None:
        _quietly(lambda: print(value, file=sys.stderr))


def _quietly(step: Callable[[], object]) -> None:
    try:
        step()
    except BaseException as error:
        _quietly_show(error)


def _quietly_show(error: BaseException) -> None:
    try:
        sys.__excepthook__(type(error), error, error.__traceback__.tb_next)
    except BaseException:
        # There is nowhere left to say it.
        pass


def _flush() -> bool:
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except Exception as error:
        _say(f"Exception ignored while flushing sys.stdout:\n{type(error).__name__}: {error}")
        return False
    try:
        if sys.stderr is not None and not sys.stderr.closed:
            sys.stderr.flush()
    except Exception:
        return False
    return True


def _take_apart() -> None:
    """Drops the code's own modules: files are flushed and closed, objects see their `__del__`."""
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        setattr(sys, name, None)
    if "_" in builtins.__dict__:
        # The last value that was shown.
        builtins._ = None
    left = [ref(sys.modules.pop(name)) for name in _own_modules()]
    gc.collect()
    for reference in left:
        module = reference()
        if module is not None:
            _clear(module)
    gc.collect()


def _flush_files() -> None:
    """Files that are only reachable in a cycle may be closed below their buffers, which would lose what is in them."""
    for item in gc.get_objects():
        if isinstance(item, (_io._TextIOBase, _io._BufferedIOBase)):
            try:
                item.flush()
            except (OSError, ValueError):
                # Closed, read-only, or full: its own end will tell.
                pass


def _own_modules() -> list[str]:
    """The main module and those of the working directory. A look at preloaded ones would copy the pages they are on."""
    own = ["__main__"] if "__main__" in sys.modules else []
    for name in reversed(sys.modules):
        if name == _last_preloaded:
            break
        file = getattr(sys.modules[name], "__file__", None)
        if isinstance(sys.modules[name], type(sys)) and isinstance(file, str) and file.startswith(WORK):
            own.append(name)
    return own


def _clear(module: ModuleType) -> None:
    """As the interpreter does it: first what is private, then the rest."""
    names = module.__dict__
    for name in [name for name in names if name[:1] == "_" and name[1:2] != "_"]:
        names[name] = None
    for name in [name for name in names if name != "__builtins__"]:
        names[name] = None
