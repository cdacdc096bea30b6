#: SIGKILL to its own process group
#: defence: the supervisor is in another one
#: expect: {"outcome": "Signalled", "signal": "SIGKILL"}
import os, signal
os.kill(0, signal.SIGKILL)
