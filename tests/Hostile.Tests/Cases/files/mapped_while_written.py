#: A file that is changed through memory after it was closed
#: defence: all processes are dead before it is read
#: expect: {"outcome": "Succeeded", "generated_files.0.size": "4096"}
#: files: ["mapped"]
import mmap, os
descriptor = os.open('mapped', os.O_CREAT | os.O_RDWR)
os.truncate(descriptor, 4096)
memory = mmap.mmap(descriptor, 4096)
os.close(descriptor)
memory[:4] = b'late'
