#: Queued signals until the queue is full
#: defence: the queue belongs to the user, not to the supervisor
#: expect: {"outcome": "Succeeded", "output": "done\n"}
import ctypes, os, signal
libc = ctypes.CDLL(None)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN})
for _ in range(200_000): libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None)
print('done')
