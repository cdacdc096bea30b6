#: SIGSTOP to itself
#: defence: the wall time is the supervisor's own clock
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
