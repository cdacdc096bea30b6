#: setuid to the user of the supervisor
#: defence: no capability
#: expect: {"outcome": "Succeeded", "output": "0 users had\n"}
import os
had = 0
for uid in [*range(0, 2000), 65534, os.getuid() - 1, os.getuid() + 1]:
    try: os.setuid(uid); had += 1
    except PermissionError: pass
print(had, 'users had')
