#: Huge pages are requested
#: defence: there are none, or they count like others
#: request: {"limits": {"memory_bytes": 134217728}}
#: match: {"outcome": "Succeeded|OutOfMemory|Signalled"}
import mmap
try:
    memory = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000)
    for i in range(0, 1 << 30, 1 << 21): memory[i] = 1
except OSError: pass
