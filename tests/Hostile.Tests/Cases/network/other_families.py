#: Families of sockets that have had holes
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "{1}\n"}
import socket
met = set()
for family in range(46):
    if family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6): continue
    for kind in (1, 2, 3, 4, 5, 10):
        try: socket.socket(family, kind, 0); met.add((family, kind))
        except OSError as error: met.add(error.errno)
# EPERM alone: the kernel was not asked, and has loaded no module.
print(met)
