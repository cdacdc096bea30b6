#: CPU time used by grandchildren only
#: defence: the CPU time of all processes counts, whichever process started them
#: request: {"limits": {"cpu_time_seconds": 0.5, "wall_time_seconds": 20}}
#: expect: {"outcome": "TimedOut", "killed_by": "CpuTime"}
import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    if os.fork() == 0:
        while True: pass
    os._exit(0)
while True: signal.pause()
