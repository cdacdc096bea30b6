#: Output that is in Python's buffer when the code ends by itself
#: defence: none: Python flushes when it exits normally
#: expect: {"outcome": "Succeeded", "output": "buffered"}
import sys
sys.stdout.write('buffered')
