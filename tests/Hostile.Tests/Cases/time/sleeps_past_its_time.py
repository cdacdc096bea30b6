#: A program that only waits
#: defence: the supervisor kills every process of the code at the wall time
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import time
time.sleep(3600)
