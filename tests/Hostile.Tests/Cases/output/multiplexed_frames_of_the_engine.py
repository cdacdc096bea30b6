#: The engine's own framing of streams is printed
#: defence: output is inside frames, whatever its content
#: expect: {"outcome": "Succeeded", "output_bytes": "16"}
import os
os.write(1, b'\x02\0\0\0\0\0\0\x08forged!!')
