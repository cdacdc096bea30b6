#: A daemon keeps writing when the harvest begins
#: defence: all processes of the code are dead before a file is read
#: expect: {"outcome": "Succeeded"}
#: files: ["grows"]
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        with open('grows', 'wb', 0) as file:
            while True: file.write(b'x' * 4096)
    os._exit(0)
os.wait()
while not os.path.exists('grows') or os.path.getsize('grows') < 8192: pass
