#: Memory of the supervisor through /proc and process_vm_readv
#: defence: another user, not dumpable; seccomp profile
#: expect: {"outcome": "Succeeded", "output": "refused refused refused -1\n"}
import ctypes
def tried(path, mode='rb'):
    try: open(path, mode).read(1); return 'had'
    except OSError: return 'refused'
print(tried('/proc/1/mem'), tried('/proc/1/maps'), tried('/proc/1/environ'), ctypes.CDLL(None).syscall(310, 1, 0, 0, 0, 0, 0))
