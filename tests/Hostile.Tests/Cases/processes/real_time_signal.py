#: A signal without a name
#: defence: it ends the code only, and has a number at least
#: expect: {"outcome": "Signalled", "killed_by": ""}
#: match: {"signal": "SIG(RTMIN|[0-9]+).*"}
import os, signal
os.kill(os.getpid(), signal.SIGRTMIN + 3)
