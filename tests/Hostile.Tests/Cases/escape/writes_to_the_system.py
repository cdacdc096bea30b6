#: Writes to all folders of the system
#: defence: the root is read-only, and belongs to root
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
wrote = []
for place in ('/', '/bin', '/etc', '/usr', '/usr/bin', '/usr/lib', '/usr/lib/python3/dist-packages', '/opt/supervisor', '/var', '/var/tmp',
              '/run', '/root', '/home', '/mnt', '/proc', '/sys', '/dev'):
    try: open(os.path.join(place, 'x'), 'w'); wrote.append(place)
    except OSError: pass
print(wrote)
