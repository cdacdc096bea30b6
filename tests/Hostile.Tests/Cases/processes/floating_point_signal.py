#: SIGFPE
#: defence: only the code ends; the signal is named
#: expect: {"outcome": "Signalled", "signal": "SIGFPE", "return_code": 136}
import os, signal
os.kill(os.getpid(), signal.SIGFPE)
