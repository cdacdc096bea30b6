#: Memory is used in files without a name
#: defence: their pages count towards the control group
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: at most: {"usage.peak_memory_bytes": 134217728}
import os
held = []
while True:
    held.append(os.memfd_create('x'))
    for _ in range(16): os.write(held[-1], bytes(1 << 20))
