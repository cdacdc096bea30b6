#: 304,487 bytes, all of which must arrive
#: defence: streams are read to their ends
#: expect: {"outcome": "Succeeded", "output_bytes": "304487", "output_truncated": "false"}
#: match: {"output": ".*the end"}
import sys
sys.stdout.write('a' * (304_487 - 7) + 'the end')
