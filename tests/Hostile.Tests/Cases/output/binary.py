#: All bytes there are
#: defence: control characters come through, what is no text is replaced
#: expect: {"outcome": "Succeeded", "output_bytes": "256"}
import os
os.write(1, bytes(range(256)))
