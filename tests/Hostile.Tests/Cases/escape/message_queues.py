#: Message queues, which outlive their creator: by system calls, and as files in /dev/mqueue
#: defence: seccomp profile; the folder is masked
#: expect: {"outcome": "Succeeded", "output": "1 1 30\n"}
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def errno(*call): return ctypes.get_errno() if libc.syscall(*call) < 0 else 'had'
def made():
    try: os.close(os.open('/dev/mqueue/x', os.O_RDWR | os.O_CREAT)); return 'had'
    except OSError as error: return error.errno
print(errno(240, b'x', os.O_RDWR | os.O_CREAT, 0o600, 0), errno(68, 0, 0o1600), made())
