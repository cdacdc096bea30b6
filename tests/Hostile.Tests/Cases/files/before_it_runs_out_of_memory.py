#: Files, and then too much memory
#: defence: what was written is returned, however it ends
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: files: ["kept"]
open('kept', 'w').write('x')
data = []
while True: data.append(bytearray(1 << 20))
