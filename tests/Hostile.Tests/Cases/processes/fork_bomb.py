#: A fork bomb
#: defence: limit of processes of the control group, and the wall time
#: request: {"limits": {"wall_time_seconds": 1}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import os
while True:
    try: os.fork()
    except OSError: pass
