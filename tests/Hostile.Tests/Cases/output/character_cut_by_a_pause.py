#: A character whose bytes are written one by one
#: defence: it is assembled
#: expect: {"outcome": "Succeeded", "output": "é€𝄞"}
import os, time
for byte in 'é€𝄞'.encode(): os.write(1, bytes([byte])); time.sleep(0.02)
