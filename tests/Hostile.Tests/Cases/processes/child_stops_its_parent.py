#: A child ignores SIGTERM and stops its parent
#: defence: the wall time is the supervisor's; SIGKILL reaches stopped processes
#: request: {"limits": {"wall_time_seconds": 1}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import os, signal
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        try: os.kill(os.getppid(), signal.SIGSTOP)
        except OSError: pass
while True: pass
