#: Random system calls with random numbers
#: defence: seccomp profile; the rest of the kernel
#: request: {"limits": {"wall_time_seconds": 3}}
#: match: {"outcome": "Succeeded|NonZeroExit|Signalled|TimedOut|OutputLimitExceeded|OutOfMemory"}
#: perhaps: []
import ctypes, os, random
libc = ctypes.CDLL(None)
os.chdir('/tmp')
for _ in range(20):
    if os.fork() == 0:
        random.seed()
        for _ in range(3000):
            libc.syscall(random.randrange(470),
                         *(ctypes.c_long(random.choice((0, 1, -1, 3, 1 << 40, random.getrandbits(63)))) for _ in range(6)))
        os._exit(0)
