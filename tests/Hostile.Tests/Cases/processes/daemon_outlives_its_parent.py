#: A daemon with a double fork and setsid
#: defence: the supervisor kills every process but itself
#: expect: {"outcome": "Succeeded", "output": "parent\n"}
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
print('parent')
