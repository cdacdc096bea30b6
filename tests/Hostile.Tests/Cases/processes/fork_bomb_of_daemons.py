#: A fork bomb whose parents exit and whose children leave their session
#: defence: the supervisor kills every process but itself, whichever process started it
#: request: {"limits": {"wall_time_seconds": 1}}
#: match: {"outcome": "Succeeded|TimedOut"}
import os
while True:
    try:
        if os.fork() > 0: os._exit(0)
        os.setsid()
    except OSError: pass
