#: Output that is in Python's buffer when the code ends by itself
#: defence: none: a process that is not let down flushes
#: expect: {"outcome": "Succeeded", "output": "buffered"}
import sys
sys.stdout.write('buffered')
