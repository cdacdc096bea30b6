#: A line of 131,070 characters without a line break
#: defence: output is not read by lines
#: expect: {"outcome": "Succeeded", "output_bytes": "131070", "output_truncated": "false"}
import sys
sys.stdout.write('x' * 131_070)
