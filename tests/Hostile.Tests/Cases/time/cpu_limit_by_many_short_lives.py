#: CPU time used by a chain of processes that each end at once
#: defence: the time of processes that have ended counts, too
#: request: {"limits": {"cpu_time_seconds": 0.5, "wall_time_seconds": 20}}
#: expect: {"outcome": "TimedOut", "killed_by": "CpuTime"}
import os, time
while True:
    if os.fork() == 0:
        end = time.process_time() + 0.02
        while time.process_time() < end: pass
        os._exit(0)
    os.wait()
