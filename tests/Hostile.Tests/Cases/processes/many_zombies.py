#: Children whose parent never waits for them
#: defence: the supervisor is process 1 and reaps orphans
#: expect: {"outcome": "Succeeded", "output": "all\n"}
import os
for _ in range(400):
    pid = os.fork()
    if pid == 0:
        if os.fork() == 0: os._exit(0)
        os._exit(0)
    os.waitpid(pid, 0)
print('all')
