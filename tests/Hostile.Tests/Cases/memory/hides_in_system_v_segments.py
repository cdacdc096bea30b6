#: Memory is used in System V segments, which outlive their creator
#: defence: they count towards the control group, and end with the namespace
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: at most: {"usage.peak_memory_bytes": 134217728}
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
while True:
    place = libc.shmat(libc.shmget(0, 1 << 24, 0o1600), None, 0)
    ctypes.memset(place, 1, 1 << 24)
    libc.shmdt(ctypes.c_void_p(place))
