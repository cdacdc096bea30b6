#: New namespaces: by unshare, clone and clone3
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import ctypes, os
libc = ctypes.CDLL(None)
flags = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80)
had = [hex(f) for f in flags if libc.unshare(f) == 0]
had += [hex(f) for f in flags[:-1] if libc.syscall(56, f | 17, 0, 0, 0, 0) >= 0]
if libc.syscall(435, ctypes.create_string_buffer(88), 88) >= 0: had.append('clone3')
print(had or 'refused')
