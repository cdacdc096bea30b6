#: An endless loop that no signal handler of Python interrupts
#: defence: the supervisor kills every process of the code at the wall time
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import re
re.match(r'(a+)+$', 'a' * 64 + 'b')
