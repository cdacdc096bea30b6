"""The variables that a request adds to the environment of its code."""

import os
import time

from supervisor.frames import ProtocolError
from supervisor.places import ENVIRONMENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAX_VARIABLES = 256
_MAX_BYTES = 64 * 1024

# The dynamic linker, the C library and Python read these when a program starts. They would not hold for the code, whose
# interpreter runs already, and bend or break whatever it starts.
_REFUSED_PREFIXES = ("LD_", "PYTHON", "GLIBC_", "MALLOC_")
_REFUSED = frozenset({"GCONV_PATH", "LOCPATH"})


def check_environment(value: Any) -> dict[str, str]:
    """The variables, none of them one that the sandbox sets itself and relies on."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ProtocolError("environment is not an object of strings")
    for name in value:
        _check_name(name)
    try:
        size = sum(len(f"{name}={text}\0".encode()) for name, text in value.items())
    except UnicodeEncodeError as error:
        raise ProtocolError("the value of an environment variable is not UTF-8") from error
    if any("\0" in text for text in value.values()):
        raise ProtocolError("the value of an environment variable has a zero byte")
    # Each string must fit a start of a program, all together with the arguments, and setting takes time squared in their number.
    if len(value) > _MAX_VARIABLES or size > _MAX_BYTES:
        raise ProtocolError(f"environment has more than {_MAX_VARIABLES} variables or {_MAX_BYTES} bytes")
    return value


def set_environment(variables: dict[str, str]) -> None:
    """For this process and all it starts. What preloaded libraries read when they were imported stays as it was."""
    os.environ.update(variables)
    if "TZ" in variables:
        time.tzset()


def _check_name(name: str) -> None:
    if not (name.isascii() and name.isidentifier()):
        raise ProtocolError("environment has a name that is none")
    if name in ENVIRONMENT or name in _REFUSED or name.startswith(_REFUSED_PREFIXES):
        raise ProtocolError(f"environment may not set {name[:64]}")
