#: A fork bomb whose parents leave and whose children leave their session
#: defence: the supervisor ends every process but itself, whoever started it
#: request: {"limits": {"wall_time_seconds": 1}}
#: match: {"outcome": "Succeeded|TimedOut"}
import os
while True:
    try:
        if os.fork() > 0: os._exit(0)
        os.setsid()
    except OSError: pass
