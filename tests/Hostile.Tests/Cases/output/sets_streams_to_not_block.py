#: The streams are set to non-blocking, and filled
#: defence: the other end is read, whatever flags this one has
#: match: {"outcome": "Succeeded|NonZeroExit"}
import fcntl, os
fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)
for _ in range(100):
    try: os.write(1, b'x' * 1000)
    except BlockingIOError: pass
