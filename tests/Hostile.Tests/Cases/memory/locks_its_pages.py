#: mlock, so that nothing can be swapped out
#: defence: there is no swap, and locked pages count like others
#: request: {"limits": {"memory_bytes": 134217728}}
#: match: {"outcome": "OutOfMemory"}
import ctypes
libc = ctypes.CDLL(None)
libc.mlockall(3)
data = []
while True: data.append(bytearray(1 << 20))
