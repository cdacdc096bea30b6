#: Empty files in /dev/shm, each of which uses kernel memory
#: defence: a tmpfs with a limit of inodes
#: expect: {"outcome": "Succeeded", "output": "28 True\n"}
import os
made = 0
try:
    while True: os.close(os.open(f'/dev/shm/{made}', os.O_CREAT)); made += 1
except OSError as error: print(error.errno, 16000 < made < 16384)
