#: All descriptors are in use when an exception ends the code
#: defence: limit of descriptors; the supervisor has its own
#: expect: {"outcome": "NonZeroExit", "return_code": "1", "output": "printed\n", "exception.type": "ValueError", "exception.message": "without descriptors"}
#: files: ["left.txt"]
import os
with open('left.txt', 'w') as file: file.write('left')
held = []
try:
    while True: held.append(os.dup(0))
except OSError: print('printed')
raise ValueError('without descriptors')
