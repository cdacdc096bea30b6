#: Queued signals until there is no more room
#: defence: the room is the user's own, not the supervisor's
#: expect: {"outcome": "Succeeded", "output": "done\n"}
import ctypes, os, signal
libc = ctypes.CDLL(None)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN})
for _ in range(200_000): libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None)
print('done')
