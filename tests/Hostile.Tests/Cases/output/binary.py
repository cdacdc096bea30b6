#: All bytes there are
#: defence: control characters come through, what is no text is replaced, and a file has all as it was
#: expect: {"outcome": "Succeeded", "output_bytes": "256"}
#: files: ["stdout.txt"]
import os
os.write(1, bytes(range(256)))
