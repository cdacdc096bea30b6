"""
What HDF5 files have pickled, read without running any of it. PyTables pickles all that HDF5 has no type for: columns of text in the
format `fixed`, and most of what pandas notes about a table. A pickle may name any function to be called; here it may name plain data only.
"""

import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_NUMPY = ("numpy.core", "numpy._core")
_DATA = frozenset({
    *((f"{numpy}.multiarray", name) for numpy in _NUMPY for name in ("_reconstruct", "scalar")),
    *((f"{numpy}.numeric", "_frombuffer") for numpy in _NUMPY),
    ("numpy", "ndarray"), ("numpy", "dtype"),
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")),
    *((module, name) for module in ("builtins", "__builtin__") for name in ("bytearray", "complex", "frozenset", "set", "slice")),
    ("decimal", "Decimal"), ("pytz", "_p"), ("pytz", "_UTC"), ("zoneinfo", "ZoneInfo._unpickle"),
    ("pandas._libs.interval", "Interval"), ("pandas._libs.missing", "NA"), ("pandas._libs.tslibs.nattype", "__nat_unpickle"),
    ("pandas._libs.tslibs.period", "Period"), ("pandas._libs.tslibs.timedeltas", "_timedelta_unpickle"),
    ("pandas._libs.tslibs.timestamps", "_unpickle_timestamp"),
})
_OFFSETS = "pandas._libs.tslibs.offsets"


class DataOnly:
    """Stands in for the module `pickle` where files are read."""

    UnpicklingError = pickle.UnpicklingError

    @staticmethod
    def loads(data: bytes, **how: Any) -> Any:
        return _Unpickler(io.BytesIO(data), **how).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):
            return _bytes
        if (module, name) in _DATA or module == _OFFSETS and _is_offset(name):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _bytes(text: str, encoding: str) -> bytes:
    """How bytes are written in pickles that Python 2 can read."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes in {encoding}")
    return text.encode("latin-1")


def _is_offset(name: str) -> bool:
    """Whether it is the frequency of an index, such as `Day`."""
    from pandas._libs.tslibs import offsets
    kind = getattr(offsets, name, None)
    return isinstance(kind, type) and issubclass(kind, offsets.BaseOffset)


@contextmanager
def data_only() -> Iterator[None]:
    """PyTables unpickles data, and nothing else."""
    from tables import atom, attributeset
    before = [(module, module.pickle) for module in (atom, attributeset)]
    try:
        for module, _ in before:
            module.pickle = DataOnly
        yield
    finally:
        for module, original in before:
            module.pickle = original
