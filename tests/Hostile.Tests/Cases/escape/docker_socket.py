#: The engine's socket and other sockets of the host
#: defence: nothing of the host is mounted
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os, stat
found = []
for base in ('/run', '/var/run', '/tmp', '/var/lib', '/mnt', '/srv', '/opt'):
    for folder, _, names in os.walk(base):
        for name in names:
            try:
                if stat.S_ISSOCK(os.lstat(os.path.join(folder, name)).st_mode): found.append(name)
            except OSError: pass
print(found)
