#: The streams are set not to block, and filled
#: defence: their other end is read whatever the flags of this one
#: match: {"outcome": "Succeeded|NonZeroExit"}
import fcntl, os
fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)
for _ in range(100):
    try: os.write(1, b'x' * 1000)
    except BlockingIOError: pass
