"""
JSON by the accelerator of the module `json`, without that module: its other half imports `re`, and with it a third of what a
supervisor imports at all.
"""

from supervisor.kept import BUILTINS as __builtins__

import _json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class _Decoding:
    """What the scanner asks for."""

    strict = True
    object_hook = object_pairs_hook = array_hook = None
    parse_float, parse_int = float, int

    @staticmethod
    def parse_constant(name: str) -> NoReturn:
        raise ValueError(f"{name} is not JSON")


_SPACE = " \t\n\r"
_scan = _json.make_scanner(_Decoding)


def loads(data: bytes) -> Any:
    """The value. A ValueError says that it is none."""
    text = data.decode().strip(_SPACE)
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError("there is no value") from None
    if end < len(text):
        raise ValueError("there is more than one value")
    return value


def dumps(value: Any) -> bytes:
    """In ASCII, without spaces."""
    return "".join(_encode(value, 0)).encode()


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"{type(value).__name__} has no place in JSON")


_encode = _json.make_encoder(None, _refuse, _json.encode_basestring_ascii, None, ":", ",", False, False, False)
