"""Being root, being the sandbox user for a while, and becoming that user for good."""

import os
import resource

from supervisor import libc
from supervisor.places import ACCOUNTS, NAMES, UID

_SET_DUMPABLE = 4
_SET_NAME = 15
_OPEN_FILES = 4096
_SPARE_FILES = 8
_MOST = (1 << 32) - 2

_uid = UID


def choose_user(uid: int) -> None:
    """
    Sets the uid and gid of the code: a number that no other sandbox has at the time, as the kernel counts some resources for each user and
    not for each container. The number belongs to the account `sandbox`.
    """
    global _uid
    if not 1 <= uid <= _MOST:
        raise ValueError(f"the uid of the code is {uid}")
    _uid = uid
    if uid == UID and os.path.exists(f"{ACCOUNTS}/passwd"):
        return
    for name in ("passwd", "group"):
        with open(f"{NAMES}/{name}") as source, open(f"{ACCOUNTS}/{name}", "w") as target:
            target.write(source.read().replace(f":{UID}:", f":{uid}:"))


class as_user:
    """
    The supervisor has no capability to pass over file permissions, so it touches the user's files as the user. Only the effective
    ids change: by the real and the saved one the kernel decides who may send a signal, and files that outlive the code can. Before
    there is any code the real ones may change, too: some libraries look, when they are imported, at what these may write.
    """

    def __init__(self, real: bool = False) -> None:
        self._real = real

    def __enter__(self) -> None:
        self._changed = os.geteuid() == 0
        if self._changed:
            os.setresgid(_uid if self._real else 0, _uid, 0)
            os.setresuid(_uid if self._real else 0, _uid, 0)

    def __exit__(self, *_: object) -> None:
        if self._changed:
            os.setresuid(0, 0, 0)
            os.setresgid(0, 0, 0)


def become_user() -> None:
    """Gives up root for good, in the process that runs the code."""
    os.setgroups([])
    os.setresgid(_uid, _uid, _uid)
    os.setresuid(_uid, _uid, _uid)
    # Changing ids leaves a process undumpable; the code may look at itself as any program may.
    set_dumpable(True)
    os.umask(0o022)


def set_dumpable(value: bool) -> None:
    libc.prctl(_SET_DUMPABLE, int(value), 0, 0, 0)


def set_name(name: bytes) -> None:
    """What a list of processes says, and an operator goes by."""
    libc.prctl(_SET_NAME, name, 0, 0, 0)


def take_spare_files() -> None:
    """For the end of code that has used up its descriptors."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def limit_process() -> None:
    """Limits that the container does not set, and the order in which the kernel shall choose when memory is short."""
    soft, hard = (_OPEN_FILES if limit == resource.RLIM_INFINITY else limit for limit in resource.getrlimit(resource.RLIMIT_NOFILE))
    files = min(soft, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, min(hard, files + _SPARE_FILES)))
    with open("/proc/self/oom_score_adj", "w") as adjustment:
        adjustment.write("1000")
