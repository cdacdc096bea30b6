"""Languages beside Python: their interpreter takes the place of the process that Python would have run the code in."""

import os
from _signal import SIG_DFL, SIGPIPE, SIGXFSZ, signal

from supervisor.places import CODE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

PYTHON = "python"
# What the code is called in each.
NAMES = {PYTHON: "main.py", "bash": "main.sh", "javascript": "main.js", "typescript": "main.ts"}
# Words of code that wants to find its own file. Node looks from there for whatever is imported.
ASKS = {
    PYTHON: (b"__file__",), "bash": (b"BASH_SOURCE", b'"$0"', b"dirname $0", b"${0"), "javascript": (b"",), "typescript": (b"",)}

_TYPESCRIPT = "/usr/local/lib/sandbox/typescript.mjs"
_LIMITS = "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"
_LEAST_HEAP, _USUAL_HEAP = 32, 512


def start(language: str, path: str, args: list[str]) -> NoReturn:
    """Becomes the interpreter. What Python ignores of signals would else be ignored by all that the code starts."""
    for number in (SIGPIPE, SIGXFSZ):
        signal(number, SIG_DFL)
    command = _bash(path) if language == "bash" else _node(language, path)
    os.execv(command[0], [os.path.basename(command[0]), *command[1:], *args])


def _bash(path: str) -> list[str]:
    name = os.path.basename(path)
    if os.path.exists(path):
        return ["/bin/bash", name]
    # Named in messages and in $0 as if it were in the working directory.
    return ["/bin/bash", "-c", f"eval \"$(<'{CODE}/{name}')\"", name]


def _node(language: str, path: str) -> list[str]:
    options = [f"--max-old-space-size={_heap_megabytes()}"]
    if language == "typescript":
        options.append(f"--import={_TYPESCRIPT}")
    return ["/usr/bin/node", *options, path]


def _heap_megabytes() -> int:
    """All of the memory there is: V8 would take a quarter. Code that needs more is ended by the kernel, as in every language."""
    for name in _LIMITS:
        try:
            with open(name) as file:
                return max(_LEAST_HEAP, int(file.read()) >> 20)
        except (OSError, ValueError):
            continue
    return _USUAL_HEAP
