#: Descriptors without end
#: defence: limit of descriptors: an ordinary exception
#: expect: {"outcome": "Succeeded", "output": "24\n"}
import os
held = []
try:
    while True: held.append(os.dup(0))
except OSError as error: print(error.errno)
