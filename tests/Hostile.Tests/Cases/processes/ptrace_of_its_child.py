#: ptrace of its own child
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "1\n"}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace(0, 0, 0, 0)
print(ctypes.get_errno())
