#: ptrace of the supervisor
#: defence: seccomp profile, another user
#: expect: {"outcome": "Succeeded", "output": "-1 EPERM\n"}
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
print(libc.ptrace(16, 1, 0, 0), errno.errorcode[ctypes.get_errno()])
