#: Files are deleted and kept open
#: defence: open files count towards the size of the tmpfs
#: expect: {"outcome": "Succeeded", "output": "full\n"}
#: at most: {"usage.peak_memory_bytes": 1073741824}
import os
held = []
try:
    while True:
        held.append(open('x', 'wb'))
        os.unlink('x')
        for _ in range(32): held[-1].write(bytes(1 << 20))
        held[-1].flush()
except OSError: print('full')
