#: Output, and then nothing until the timeout
#: defence: what was printed is returned, however it ends
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime", "output": "partial"}
import os
os.write(1, b'partial')
while True: pass
