#: Programs with capabilities of their own
#: defence: the image has none, and no_new_privs would not let them
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
found = []
for base, _, names in os.walk('/usr'):
    for name in names:
        try:
            if 'security.capability' in os.listxattr(os.path.join(base, name), follow_symlinks=False): found.append(name)
        except OSError: pass
print(found)
