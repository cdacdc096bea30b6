"""What the code leaves in the kernel without a process: System V shared memory and semaphores. (Message queues cannot be created.)"""

import os

from supervisor import libc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LISTS = "/proc/sysvipc"
_REMOVE = 0
_PIECE = 16 * 1024


def remove_leftovers(lists: str = _LISTS) -> None:
    """Runs as the sandbox user, who owns them, when none of the code's processes is left."""
    _remove_all(f"{lists}/shm", lambda number: libc.shmctl(number, _REMOVE, None))
    _remove_all(f"{lists}/sem", lambda number: libc.semctl(number, 0, _REMOVE))


def _remove_all(path: str, remove: Callable[[int], int]) -> None:
    """From the beginning again and again: a list that becomes shorter while it is read would skip some."""
    while any([remove(number) == 0 for number in _numbers(path)]):
        pass


def _numbers(path: str) -> list[int]:
    """Those at the beginning of the list, below its heading."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return []
    try:
        lines = os.read(fd, _PIECE).splitlines()[1:]
    except OSError:
        return []
    finally:
        os.close(fd)
    return [int(line.split()[1]) for line in lines if len(line.split()) > 2]
