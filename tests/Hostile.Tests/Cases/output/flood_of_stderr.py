#: Stderr without end
#: defence: the same as for stdout
#: expect: {"outcome": "OutputLimitExceeded", "killed_by": "Output", "output": "", "error_truncated": "true"}
#: files: ["stderr.txt"]
import os
while True: os.write(2, b'y' * 65536)
