#: sync and syncfs: the whole host writes back what it has not written yet
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "1 1\n"}
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def errno(*call): return ctypes.get_errno() if libc.syscall(*call) < 0 else 'had'
print(errno(162), errno(306, os.open('/', os.O_RDONLY)))
