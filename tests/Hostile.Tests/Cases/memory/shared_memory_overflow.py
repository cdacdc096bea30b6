#: More in /dev/shm than fits
#: defence: a small tmpfs: SIGBUS for the process that wrote
#: expect: {"outcome": "Signalled", "signal": "SIGBUS", "killed_by": ""}
import mmap, os
file = os.open('/dev/shm/x', os.O_RDWR | os.O_CREAT)
os.ftruncate(file, 1 << 28)
memory = mmap.mmap(file, 1 << 28)
for i in range(0, 1 << 28, 4096): memory[i] = 1
