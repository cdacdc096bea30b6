#: A fork bomb of new programs
#: defence: limit of processes of the control group
#: request: {"limits": {"wall_time_seconds": 1}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import os, sys
while True:
    try:
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, '-c', 'import os\nwhile True:\n try: os.fork()\n except OSError: pass'])
    except OSError: pass
