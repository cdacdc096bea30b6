#: An exit handler that never returns
#: defence: the wall time
#: request: {"limits": {"wall_time_seconds": 0.7}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import atexit
@atexit.register
def never():
    while True: pass
