"""The life of process 1: get ready, take one request, run it, hand back what it made, wait to be removed."""

# The module `signal` is this one with enumerations.
import _signal as signal
import os
import sys

from supervisor import uncaught
from supervisor.ballast import Ballast
from supervisor.behind import BY_HABIT
from supervisor.execution import Execution, fork
from supervisor.frames import ChannelClosed, FrameReader, FrameWriter
from supervisor.harvest import Harvest
from supervisor.identity import as_user, choose_user, set_dumpable
from supervisor.leftovers import remove_leftovers
from supervisor.languages import PYTHON
from supervisor.places import CODE, INPUTS, UID, WORK, clean_environment
from supervisor.preload import PROFILES, preload, prepare_while_idle
from supervisor.program import Program
from supervisor.request import Execute, Limits
from supervisor.script import place
from supervisor.source import normalise, plain
from supervisor.staging import NoRoomError, Stage, Staged, write_inputs
from supervisor.usage import UsageMeter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_PROTOCOL = 1
_FAILED = 70
_MOST_SAID = 1000


def serve(profile: str = "bare", uid: str = str(UID)) -> Program:
    """Comes back only in the forked child, with the program that it has to run."""
    reader, writer = _take_channel()
    try:
        program = _serve(profile, int(uid), reader, writer)
    except ChannelClosed:
        os._exit(0)
    except BaseException as error:
        _fail(error, writer)
    if program is None:
        os._exit(0)
    return program


def _serve(profile: str, uid: int, reader: FrameReader, writer: FrameWriter) -> Program | None:
    if profile not in PROFILES:
        raise ValueError(f"unknown profile; there are {', '.join(PROFILES)}")
    set_dumpable(False)
    choose_user(uid)
    clean_environment()
    wakeup, meter, ballast = _watch_children(), UsageMeter(), Ballast()
    with as_user(real=True):
        os.mkdir(CODE)
        preload(profile)
    writer.send_json("R", {"protocol": _PROTOCOL, "profile": profile, "python": "{}.{}.{}".format(*sys.version_info)})

    forked = None
    if prepare_while_idle(profile, reader.fd):
        forked = fork()
        if isinstance(forked, Program):
            return forked
        _rehearse()

    staged, execute = _take_request(reader, writer)
    forked = forked or fork()
    if isinstance(forked, Program):
        return forked
    meter.start()
    forked.start(execute, staged.main)
    writer.send_json("S", {})
    execution = Execution(forked, execute, staged.stdin, reader, writer, wakeup, meter)
    report = execution.run()
    # Nobody is left who would have a reason to send one.
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    ballast.drop()
    with as_user():
        remove_leftovers()
        if report["exit_code"] != 0 and report["killed_by"] is None and execute.language == PYTHON:
            report["exception"] = uncaught.take()
    writer.send_json("X", report, more=True)

    with as_user():
        Harvest(writer, execute.limits, staged.files).collect(WORK, BY_HABIT)
    reader.discard()


def _take_request(reader: FrameReader, writer: FrameWriter) -> tuple[Staged, Execute]:
    with as_user():
        try:
            staged, execute = Stage(reader, WORK).receive()
        except NoRoomError as error:
            writer.send_json("!", {"message": str(error), "reason": "no_room"})
            # Who sends more of it must not wait for ever to be heard.
            reader.discard()
        write_inputs(INPUTS, staged.files)
        place(staged, execute.language, normalise(staged.code) if execute.language == PYTHON else plain(staged.code))
    return staged, execute


def _rehearse() -> None:
    """
    Handles an artificial request. A fork leaves all memory shared, and the first write to a page copies it: now, and not while a caller
    waits.
    """
    source, target = os.pipe()
    writer = FrameWriter(target)
    writer.send_json("I", {"kind": "code", "size": 1})
    writer.send("D", b"0")
    writer.send_json("X", {"args": [], "limits": dict.fromkeys(Limits.__annotations__, 1)})
    _take_request(FrameReader(source), writer)
    os.close(source)
    os.close(target)


def _take_channel() -> tuple[FrameReader, FrameWriter]:
    """Moves the channel away from the standard descriptors: nothing that prints may reach it."""
    reader, writer = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return FrameReader(reader), FrameWriter(writer)


def _watch_children() -> int:
    """A descriptor that becomes readable when a process has ended."""
    readable, writable = os.pipe()
    for fd in (readable, writable):
        os.set_blocking(fd, False)
    signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return readable


def _fail(error: BaseException, writer: FrameWriter) -> NoReturn:
    try:
        import traceback
        traceback.print_exception(error, file=sys.stderr)
        # Whoever reads the rest of a queue that is half written would take data for frames.
        if writer.intact:
            os.set_blocking(writer.fd, True)
            writer.send_json("!", {"message": f"{type(error).__name__}: {error}"[:_MOST_SAID]})
    finally:
        os._exit(_FAILED)
