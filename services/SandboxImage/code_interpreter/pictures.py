"""Files for what code shows: numbered names that are free, and few enough of them that a loop does no harm."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

DIRECTORY = "/mnt/data"
# The most files of one kind. An interactive chart is a page of 5 to 9 MB.
MOST = {"figure": 100, "image": 100, "display": 100, "chart": 12}

_said: set[str] = set()


def create(kind: str, suffix: str) -> BinaryIO | None:
    """The first of `kind-1`, `kind-2`, ... that does not exist; None when there are enough of them, which is said once."""
    last = f"{kind}-{MOST[kind]}{suffix}"
    if os.path.lexists(os.path.join(DIRECTORY, last)):
        say_once(f"{last} is the last {kind} that was saved: the others were discarded")
        return None
    for number in range(1, MOST[kind] + 1):
        try:
            return open(os.path.join(DIRECTORY, f"{kind}-{number}{suffix}"), "xb")
        except FileExistsError:
            continue
    return None


def save(kind: str, suffix: str, data: bytes) -> None:
    if (target := create(kind, suffix)) is not None:
        with target:
            target.write(data)


def drop(target: BinaryIO) -> None:
    """Removes a file that could not be written to its end."""
    target.close()
    os.unlink(target.name)


def say_once(text: str) -> None:
    """One line on stderr, whatever happens to it."""
    if text in _said:
        return
    _said.add(text)
    try:
        print(f"note: {text}", file=sys.stderr)
    except (AttributeError, OSError, ValueError):
        pass
