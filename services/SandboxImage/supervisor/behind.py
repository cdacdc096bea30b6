"""Names files that the code left where none are returned from, because it is used to another machine."""

import os
from itertools import islice

from supervisor.places import HOME
from supervisor.walk import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

BY_HABIT = (HOME, "/tmp")

_MOST = 20
# Caches, settings, and what libraries forget when they are killed.
_TRACES = (b".", b"__pycache__", b"pymp-", b"joblib_memmapping_folder_", b"matplotlib-", b"node-compile-cache")
_TEMPORARY = b"tmp"
_TEMPORARY_LENGTH = len(b"tmp") + 8


def left_behind(places: tuple[str, ...]) -> list[dict[str, Any]]:
    """The first of them, with their sizes."""
    return list(islice((file for place in places for file in _files(place)), _MOST))


def _files(place: str) -> Iterator[dict[str, Any]]:
    try:
        root = os.open(place, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return
    try:
        for entry in walk(root, _is_trace):
            if entry.skip in (None, "bad_name"):
                yield {"path": f"{place}/{entry.path}", "size": entry.size}
    except OSError:
        # This list is only information: it must not make the execution fail.
        return
    finally:
        os.close(root)


def _is_trace(name: bytes) -> bool:
    return name.startswith(_TRACES) or (
        len(name) == _TEMPORARY_LENGTH and name.startswith(_TEMPORARY)
        and name.replace(b"_", b"").isalnum() and name == name.lower())
