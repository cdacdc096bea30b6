#: Memory is taken as files in every writable place
#: defence: tmpfs is charged to the control group; each is limited by itself
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
