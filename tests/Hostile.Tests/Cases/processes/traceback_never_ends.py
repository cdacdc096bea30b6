#: An exception that cannot be printed in time
#: defence: the wall time includes what the interpreter does at the end
#: request: {"limits": {"wall_time_seconds": 0.7}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
class Endless(Exception):
    def __str__(self):
        while True: pass
raise Endless
