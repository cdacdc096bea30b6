"""The keyword options of `load_file`: what the reader of a file takes, and no other."""

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any


def check(name: str, given: Iterable[str], taken: Iterable[str]) -> None:
    """A `TypeError` that lists what is taken, when something else is given."""
    known = sorted(set(taken))
    unknown = sorted(set(given) - set(known))
    if unknown:
        what = f"it takes {', '.join(known)}" if known else "it takes none"
        raise TypeError(f"load_file: {name} is read without the option {', '.join(map(repr, unknown))}; {what}")


@cache
def of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The options of a reader of pandas: all but the file."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return tuple(one.name for one in parameters if one.kind is not one.VAR_KEYWORD and one.name not in _NOT_OURS)


# `load_file` unpacks, and there is no network.
_NOT_OURS = frozenset({"compression", "storage_options"})
