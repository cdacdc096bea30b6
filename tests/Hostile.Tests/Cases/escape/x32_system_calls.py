#: System calls of x32, whose numbers a filter may not know
#: defence: seccomp profile: it ends programs for any other architecture
#: expect: {"outcome": "Signalled", "signal": "SIGSYS", "output": ""}
import ctypes
print(ctypes.CDLL(None).syscall(0x40000000 | 39))
