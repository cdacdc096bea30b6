#: Memory is used in pipes
#: defence: descriptors are limited, and pages of pipes are charged
#: expect: {"outcome": "Succeeded", "output": "24\n"}
#: at most: {"usage.peak_memory_bytes": 1073741824}
import fcntl, os
held = []
try:
    while True:
        pipe = os.pipe2(os.O_NONBLOCK)
        held.append(pipe)
        try: fcntl.fcntl(pipe[1], 1031, 1 << 20)
        except OSError: pass
        try:
            while True: os.write(pipe[1], bytes(65536))
        except BlockingIOError: pass
except OSError as error: print(error.errno)
