#: A child of vfork that holds its parent
#: defence: the wall time
#: request: {"limits": {"wall_time_seconds": 1}}
#: match: {"outcome": "TimedOut|Succeeded|Signalled|NonZeroExit"}
import ctypes
libc = ctypes.CDLL(None)
if libc.vfork() == 0:
    while True: pass
