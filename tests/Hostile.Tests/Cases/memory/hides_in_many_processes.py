#: Memory is used by many small processes
#: defence: the limit counts all processes together: the kernel kills the excess, and the others run until the timeout
#: request: {"limits": {"memory_bytes": 134217728, "wall_time_seconds": 4}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
#: at most: {"usage.peak_memory_bytes": 134217728}
import os, signal
for _ in range(40):
    if os.fork() == 0:
        data = bytearray(os.urandom(8 << 20))
        while True: signal.pause()
while True:
    try: os.wait()
    except ChildProcessError: break
