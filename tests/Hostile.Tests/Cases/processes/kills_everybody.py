#: SIGKILL to every process that it may signal
#: defence: the supervisor is another user, and process 1 of its namespace
#: expect: {"outcome": "Succeeded", "output": "refused\nnobody\n"}
import os, signal
try: os.kill(1, signal.SIGKILL)
except PermissionError: print('refused', flush=True)
try: os.kill(-1, signal.SIGKILL)
except OSError: print('nobody')
