#: Code that was written is mapped to be executed
#: defence: every writable folder is noexec
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import mmap, os
file = os.open('/tmp/code', os.O_CREAT | os.O_RDWR)
os.write(file, bytes(4096))
try: mmap.mmap(file, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC); print('had')
except OSError: print('refused')
