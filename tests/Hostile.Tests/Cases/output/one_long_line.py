#: A line of 131,070 characters and no end of line
#: defence: lines mean nothing to what carries them
#: expect: {"outcome": "Succeeded", "output_bytes": "131070", "output_truncated": "false"}
import sys
sys.stdout.write('x' * 131_070)
