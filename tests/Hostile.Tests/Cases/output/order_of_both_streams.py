#: Both streams in turns
#: defence: each keeps its own order
#: expect: {"outcome": "Succeeded", "output": "135", "error": "246"}
import os
for i in range(1, 7): os.write(1 + (i + 1) % 2, str(i).encode())
