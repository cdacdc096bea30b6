#: System calls of 32-bit programs, by int 0x80
#: defence: seccomp profile: it ends programs for any other architecture
#: expect: {"outcome": "Signalled", "signal": "SIGSYS", "output": ""}
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
# mov eax, 20 (getpid); int 0x80; ret
page.write(b'\xb8\x14\0\0\0\xcd\x80\xc3')
print(ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))())
