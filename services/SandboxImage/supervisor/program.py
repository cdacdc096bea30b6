"""What the forked child does: stop being the supervisor, and run the code the way `python3 main.py` does."""

import _signal as signal
import builtins
import os
import sys
from _frozen_importlib_external import SourceFileLoader

from supervisor import ending, uncaught
from supervisor.echo import compile_with_echo
from supervisor.environment import set_environment
from supervisor.identity import become_user, limit_process
from supervisor.places import MAIN, WORK
from supervisor.record import Record
from supervisor.request import Execute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, ModuleType, TracebackType

_CANNOT_START = 70
_OWN = os.path.dirname(__file__)


class Program(Record):
    """The code, from the moment of the fork on. Its standard streams are the descriptors given."""

    stdin: int
    stdout: int
    stderr: int
    execute: Execute
    # Listed before the fork: in the child, a walk through all modules would copy the pages they are on.
    hidden: list[str]

    def enter(self) -> None:
        """Changes into the unprivileged process. Nothing of the user's runs before this is complete."""
        try:
            os.setsid()
            self._take_streams()
            _restore_signals()
            limit_process()
            become_user()
            os.chdir(WORK)
            set_environment(self.execute.environment)
            self._disguise()
        except BaseException as error:
            os.write(2, f"the sandbox could not start the code: {error!r}\n".encode())
            os._exit(_CANNOT_START)

    def run(self) -> None:
        """Runs the code to its end. Does not come back."""
        main, pid = _new_main(), os.getpid()
        try:
            for part in self._compile():
                exec(part, main.__dict__)
            status = 0
        except BaseException as error:
            status = ending.report(error.with_traceback(_without_own(error.__traceback__)))
            # Copies of this process that the code has forked end here, too.
            if not isinstance(error, SystemExit) and os.getpid() == pid:
                uncaught.leave(error)
        del main
        ending.end(status)

    def _compile(self) -> list[CodeType]:
        if self.execute.echo:
            return compile_with_echo(_read_main(), MAIN)
        return [compile(_read_main(), MAIN, "exec", dont_inherit=True)]

    def _take_streams(self) -> None:
        for target, fd in enumerate((self.stdin, self.stdout, self.stderr)):
            os.dup2(fd, target)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        # Lines are to be seen as they are printed; everything else stays as the interpreter made it.
        sys.stdout.reconfigure(line_buffering=True)

    def _disguise(self) -> None:
        sys.path.insert(0, WORK)
        sys.argv[:] = ["main.py", *self.execute.args]
        sys.orig_argv[:] = ["python3", *sys.argv]
        for name in self.hidden:
            del sys.modules[name]
        _reseed()
        ending.remember_modules()


def _without_own(trace: TracebackType | None) -> TracebackType | None:
    """The traceback from the code on."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OWN):
        trace = trace.tb_next
    return trace


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


def _read_main() -> bytes:
    with open(MAIN, "rb") as file:
        return file.read()


def _new_main() -> ModuleType:
    main = type(sys)("__main__")
    main.__dict__.update(
        __file__=MAIN, __cached__=None, __builtins__=builtins, __package__=None,
        __loader__=SourceFileLoader("__main__", MAIN))
    sys.modules["__main__"] = main
    return main
