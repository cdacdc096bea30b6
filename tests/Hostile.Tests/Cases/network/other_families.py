#: Families of sockets that have had holes
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import socket
had = []
for family in range(3, 46):
    if family == socket.AF_INET6: continue
    for kind in (1, 2, 3, 5):
        try: socket.socket(family, kind, 0); had.append((family, kind))
        except OSError: pass
print(had)
