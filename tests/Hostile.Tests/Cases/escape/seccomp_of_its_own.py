#: A seccomp filter of one's own
#: defence: a filter can only take away
#: expect: {"outcome": "Succeeded", "output": "still refused\n"}
import ctypes
libc = ctypes.CDLL(None)
libc.prctl(22, 1, 0, 0, 0)
libc.syscall(317, 1, 0, 0)
print('still refused' if libc.unshare(0x10000000) < 0 else 'had')
