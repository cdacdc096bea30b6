#: System V semaphores without end
#: defence: a namespace of their own; they are charged to the control group
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: at most: {"usage.peak_memory_bytes": 134217728}
import ctypes
libc = ctypes.CDLL(None)
made = 0
while libc.semget(0, 32000, 0o1600) >= 0: made += 1
print(made)
