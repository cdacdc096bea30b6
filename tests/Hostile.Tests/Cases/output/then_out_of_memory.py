#: Output, and then too much memory
#: defence: what was printed is returned, however it ends
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "output": "partial"}
import os
os.write(1, b'partial')
data = []
while True: data.append(bytearray(1 << 20))
