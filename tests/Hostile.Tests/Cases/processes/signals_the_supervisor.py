#: Every signal to the supervisor
#: defence: another user
#: expect: {"outcome": "Succeeded", "output": "done\n"}
import os
for number in range(1, 65):
    for pid in (1, os.getppid()):
        try: os.kill(pid, number); print('sent', number)
        except PermissionError: pass
print('done')
