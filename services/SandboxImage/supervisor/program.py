"""What the forked child does: stop being the supervisor, and run the code the way `python3 main.py` does."""

from supervisor.kept import BUILTINS as __builtins__

import _signal as signal
import builtins
import os
import sys
from os import getpid
from sys import getrecursionlimit, setprofile, setrecursionlimit, settrace

import code_interpreter
from code_interpreter.script import CodeLoader, remember_lines
from supervisor import ending, jsontext, languages, uncaught
from supervisor.environment import set_environment
from supervisor.identity import become_user, limit_process, set_name
from supervisor.languages import PYTHON
from supervisor.places import CODE, WORK
from supervisor.reading import Code
from supervisor.record import Record
from supervisor.request import Execute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType, TracebackType
    from typing import NoReturn

_CANNOT_START = 70
_DEPTH = 1000
# Behind the standard streams, until the order is there.
_ORDER = 3
# The supervisor's frames, and those of the loop that code with an `await` of its own runs in.
_OWN = os.path.dirname(__file__), os.path.dirname(os.__file__) + "/asyncio/"
_HELPERS = os.path.dirname(code_interpreter.__file__) + os.sep
_HOOK = _HELPERS + "showing.py"


class Program(Record):
    """The code, from the moment of the fork on. Its order and its standard streams come over the descriptors given."""

    order: int
    stdin: int
    stdout: int
    stderr: int
    # Listed before the fork: in the child, a walk through all modules would copy the pages they are on.
    hidden: list[str]

    def enter(self) -> None:
        """Changes into the unprivileged process. Nothing of the user's is here before this is complete."""
        try:
            os.setsid()
            self._take_streams()
            _restore_signals()
            limit_process()
            become_user()
            set_name(b"waiting")
            os.chdir(WORK)
            self._disguise()
        except BaseException as error:
            _give_up(error)

    def run(self) -> None:
        """Waits for the order, and runs the code to its end. Does not come back."""
        language, echo, path = _take_order()
        if language != PYTHON:
            _become(language, path)
        code, main, pid = Code(path, _read(path)), _new_main(path), getpid()
        error = _run(code, echo, main)
        status = 0
        if error is not None:
            _prepare_lines(path, code.source)
            _hide_own(error, path)
            status = ending.report(error)
            # Copies of this process that the code has forked end here, too.
            if not issubclass(type(error), SystemExit) and getpid() == pid:
                uncaught.leave(error, path)
        del main, error
        ending.end(status)

    def _take_streams(self) -> None:
        for target, fd in enumerate((self.stdin, self.stdout, self.stderr, self.order)):
            os.dup2(fd, target)
        os.closerange(_ORDER + 1, os.sysconf("SC_OPEN_MAX"))
        # Lines are to be seen as they are printed; everything else stays as the interpreter made it.
        sys.stdout.reconfigure(line_buffering=True)

    def _disguise(self) -> None:
        sys.path.insert(0, WORK)
        # The code can be imported by its name; last, so that it hides nothing.
        sys.path.append(CODE)
        for name in self.hidden:
            del sys.modules[name]
        _reseed()
        ending.remember_modules()


def _run(code: Code, echo: bool, main: ModuleType) -> BaseException | None:
    """What the code did not catch."""
    try:
        code.compile(echo)
        if echo:
            from code_interpreter.showing import displayhook
            sys.displayhook = displayhook
        if code.awaits:
            code.run_in_loop(main.__dict__)
            return None
        # Not any deeper: the code may set a limit to that.
        for part in code.parts:
            exec(part, main.__dict__)
        return None
    except BaseException as error:
        return error
    finally:
        # The following calls are not part of the code.
        for stop in (settrace, setprofile):
            try:
                stop(None)
            except BaseException:
                pass
        setrecursionlimit(max(getrecursionlimit(), _DEPTH))


def _hide_own(error: BaseException, main: str) -> None:
    try:
        error.__traceback__ = _without_own(error.__traceback__, main)
    except BaseException:
        # A hook of the code's does not let anybody look.
        pass


def _without_own(trace: TracebackType | None, main: str) -> TracebackType | None:
    """The traceback from the code on, and only to the line that called a helper such as `load_file`: what is in there is not the code's."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OWN):
        trace = trace.tb_next
    line, caller, before, step = None, None, None, trace
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if before is not None and file == _HOOK and step.tb_frame.f_code.co_name == "displayhook":
            # Stands where the interpreter has nothing.
            step = before.tb_next = step.tb_next
            continue
        if file == main or file.startswith(WORK + os.sep):
            # A helper that calls the code again, as `plt.show()` can, is between its lines and stays.
            line, caller = step, None
        elif file.startswith(_HELPERS):
            caller = line
        before, step = step, step.tb_next
    if caller is not None:
        caller.tb_next = None
    return trace


def send_order(fd: int, execute: Execute, main: str) -> None:
    """Lets the program run that waits at the other end."""
    order = {
        "language": execute.language, "main": main, "args": execute.args, "environment": execute.environment, "echo": execute.echo,
        "merge_output": execute.merge_output}
    with os.fdopen(fd, "wb") as pipe:
        pipe.write(jsontext.dumps(order))


def _take_order() -> tuple[str, bool, str]:
    """Waits for it, and does as it says; what is left is the language, to echo or not, and the path where the code seems to be."""
    try:
        with os.fdopen(_ORDER, "rb") as pipe:
            order = jsontext.loads(pipe.read())
        if order["merge_output"]:
            # One pipe has one order, for the code and for all that it starts.
            os.dup2(1, 2)
        set_name(b"python3")
        set_environment(order["environment"])
        sys.argv[:] = [os.path.basename(order["main"]), *order["args"]]
        sys.orig_argv[:] = ["python3", *sys.argv]
        return order["language"], order["echo"], order["main"]
    except BaseException as error:
        _give_up(error)


def _become(language: str, path: str) -> NoReturn:
    try:
        languages.start(language, path, sys.argv[1:])
    except BaseException as error:
        _give_up(error)


def _give_up(error: BaseException) -> NoReturn:
    os.write(2, f"the sandbox could not start the code: {error!r}\n".encode())
    os._exit(_CANNOT_START)


def supervisor_modules() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == "supervisor"]


def _restore_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _reseed() -> None:
    """The random module does so by itself after a fork; numpy's global generator does not."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _read(path: str) -> bytes:
    try:
        with open(f"{CODE}/{os.path.basename(path)}", "rb") as file:
            source = file.read()
        if "linecache" in sys.modules:
            remember_lines(path, source)
        return source
    except BaseException as error:
        _give_up(error)


def _prepare_lines(path: str, source: bytes) -> None:
    try:
        remember_lines(path, source)
    except BaseException:
        # The code may have replaced what keeps them.
        pass


def _new_main(path: str) -> ModuleType:
    main = type(sys)("__main__")
    main.__dict__.update(
        __file__=path, __cached__=None, __builtins__=builtins, __package__=None, __loader__=CodeLoader("__main__", path))
    sys.modules["__main__"] = main
    return main
