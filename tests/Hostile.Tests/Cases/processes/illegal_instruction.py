#: SIGILL
#: defence: only the code ends; the signal is named
#: expect: {"outcome": "Signalled", "signal": "SIGILL", "return_code": 132}
import os, signal
os.kill(os.getpid(), signal.SIGILL)
