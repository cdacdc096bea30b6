#: Endless threads
#: defence: limit of processes and threads: an ordinary exception
#: expect: {"outcome": "Succeeded", "output": "no more\n"}
import os, threading
stay = threading.Event()
try:
    while True: threading.Thread(target=stay.wait, daemon=True).start()
except RuntimeError:
    os.write(1, b'no more\n')
    os._exit(0)
