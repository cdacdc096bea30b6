"""
Functions of the C library that Python has no name for. By the core of the module `ctypes` alone: the rest of it would cost more
to import than most programs take.
"""

import _ctypes


class _Int(_ctypes._SimpleCData):
    _type_ = "i"


class _Function(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL
    _restype_ = _Int


_everything_loaded = _ctypes.dlopen(None, 0)

prctl = _Function(_ctypes.dlsym(_everything_loaded, "prctl"))
fflush = _Function(_ctypes.dlsym(_everything_loaded, "fflush"))
shmctl = _Function(_ctypes.dlsym(_everything_loaded, "shmctl"))
semctl = _Function(_ctypes.dlsym(_everything_loaded, "semctl"))
