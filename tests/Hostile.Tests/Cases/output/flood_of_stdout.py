#: Stdout without end
#: defence: memory of the runner is bounded; beyond a limit the code is stopped
#: expect: {"outcome": "OutputLimitExceeded", "killed_by": "Output", "output_truncated": "true"}
#: match: {"output": "start\ny+", "output_tail": "y+"}
#: files: ["stdout.txt"]
import os
print('start', flush=True)
while True: os.write(1, b'y' * 65536)
