#: Memory is used by files in every writable folder
#: defence: tmpfs counts towards the control group, and each has its own limit
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: at most: {"usage.peak_memory_bytes": 134217728}
#: skipped: {"fill": "TooLarge"}
import os
for place in ('/mnt/data', '/tmp', '/home/sandbox', '/dev/shm'):
    try:
        with open(place + '/fill', 'wb') as file:
            while True: file.write(bytes(1 << 20))
    except OSError: pass
