#: A signal without a name
#: defence: only the code ends; the signal has a number
#: expect: {"outcome": "Signalled", "killed_by": ""}
#: match: {"signal": "SIG(RTMIN|[0-9]+).*"}
import os, signal
os.kill(os.getpid(), signal.SIGRTMIN + 3)
