#: Descriptors of the supervisor through /proc and pidfd_getfd
#: defence: another user; seccomp profile
#: expect: {"outcome": "Succeeded", "output": "refused refused\n"}
import ctypes, os
def tried(call):
    try: return 'had' if call() not in (-1, None) else 'refused'
    except OSError: return 'refused'
libc = ctypes.CDLL(None)
print(tried(lambda: os.listdir('/proc/1/fd')), tried(lambda: libc.syscall(438, os.pidfd_open(1), 0, 0)))
