#: What earlier executions left behind
#: defence: a sandbox serves one execution
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
found = []
for place in ('/tmp', '/var/tmp', '/dev/shm', '/mnt/data', '/home/sandbox', '/run/lock', '/run'):
    for base, folders, names in os.walk(place):
        found += [os.path.join(base, n) for n in names if os.lstat(os.path.join(base, n)).st_uid == os.getuid()]
print(sorted(set(found) - {'/home/sandbox/.code/main.py', '/home/sandbox/.config/matplotlib/fontlist-v390.json'}))
