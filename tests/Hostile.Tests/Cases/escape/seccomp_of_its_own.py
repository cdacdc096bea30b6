#: A seccomp filter of its own
#: defence: seccomp profile: neither the call nor the option of prctl, however its number is written; a filter could only take away
#: expect: {"outcome": "Succeeded", "output": "1 1 1 1 still refused\n"}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
class Filter(ctypes.Structure): _fields_ = [('length', ctypes.c_ushort), ('steps', ctypes.c_void_p)]
# One step: all is allowed.
allow = ctypes.create_string_buffer(b'\x06\0\0\0\0\0\xff\x7f', 8)
mine = ctypes.byref(Filter(1, ctypes.addressof(allow)))
def errno(*call): return ctypes.get_errno() if libc.syscall(*call) < 0 else 'had'
print(errno(317, 1, 0, mine), errno(157, 22, 2, mine, 0, 0), errno(157, ctypes.c_long(22 | 1 << 32), 2, mine, 0, 0),
      errno(157, 22, 1, 0, 0, 0),
      'still refused' if libc.unshare(0x10000000) < 0 else 'had')
