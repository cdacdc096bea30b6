#: Shared memory, semaphores and message queues of other programs
#: defence: an IPC namespace of its own
#: expect: {"outcome": "Succeeded", "output": "0 0 0 []\n"}
import os
count = lambda name: len(open(f'/proc/sysvipc/{name}').readlines()) - 1
print(count('shm'), count('sem'), count('msg'), os.listdir('/dev/shm'))
