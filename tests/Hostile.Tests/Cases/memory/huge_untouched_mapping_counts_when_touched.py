#: Overcommitted memory that is used
#: defence: memory limit of the control group
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
import mmap
memory = mmap.mmap(-1, 1 << 34)
for i in range(0, 1 << 34, 4096): memory[i] = 1
