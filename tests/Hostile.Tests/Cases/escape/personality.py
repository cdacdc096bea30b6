#: Other personalities: no address randomisation, other systems
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "-1 -1\n"}
import ctypes
libc = ctypes.CDLL(None)
print(libc.personality(0x0040000), libc.personality(0x0020000))
