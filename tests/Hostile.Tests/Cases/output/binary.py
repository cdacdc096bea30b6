#: All 256 bytes
#: defence: control characters are kept, bytes that are not text are replaced, and a file has the original
#: expect: {"outcome": "Succeeded", "output_bytes": "256"}
#: files: ["stdout.txt"]
import os
os.write(1, bytes(range(256)))
