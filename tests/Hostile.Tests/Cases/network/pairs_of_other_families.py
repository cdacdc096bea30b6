#: Pairs of sockets of other families: the kernel creates both, and loads their module, before it refuses
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "[95, 97]\nunix\n"}
import socket
met = set()
for family in range(46):
    if family == socket.AF_UNIX: continue
    for kind in (1, 2, 3, 4, 5, 10):
        try: socket.socketpair(family, kind, 0); met.add((family, kind))
        except OSError as error: met.add(error.errno)
print(sorted(met))
a, b = socket.socketpair()
a.send(b'unix')
print(b.recv(4).decode())
