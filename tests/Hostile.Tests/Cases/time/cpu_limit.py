#: More CPU time than the request allows
#: defence: the supervisor adds up the CPU time of all processes of the code
#: request: {"limits": {"cpu_time_seconds": 0.5, "wall_time_seconds": 20}}
#: expect: {"outcome": "TimedOut", "killed_by": "CpuTime"}
while True: pass
