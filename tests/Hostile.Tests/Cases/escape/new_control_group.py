#: A new control group
#: defence: they are mounted read-only
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
made = []
for base in ('/sys/fs/cgroup', '/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids', '/sys/fs/cgroup/unified'):
    try: os.mkdir(base + '/mine'); made.append(base)
    except OSError: pass
print(made)
