#: Socket families with known vulnerabilities
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "{97}\n"}
import socket
met = set()
for family in range(46):
    if family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6): continue
    for kind in (1, 2, 3, 4, 5, 10):
        try: socket.socket(family, kind, 0); met.add((family, kind))
        except OSError as error: met.add(error.errno)
# Not a word of the kernel's, which knows some of them: the filter answers as one that knows none.
print(met)
