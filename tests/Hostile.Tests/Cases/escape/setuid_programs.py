#: Setuid programs
#: defence: the image has none, and no_new_privs would not let them
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
found = []
for base, folders, names in os.walk('/'):
    folders[:] = [f for f in folders if os.path.join(base, f) not in ('/proc', '/sys')]
    for name in names:
        try: mode = os.lstat(os.path.join(base, name)).st_mode
        except OSError: continue
        if mode & 0o6000 and mode & 0o170000 == 0o100000: found.append(os.path.join(base, name))
print(found)
