#: SCTP, DCCP, L2TP, UDP-Lite, MPTCP and every other protocol over IP: a socket makes the host load a module
#: defence: seccomp profile: TCP and UDP only
#: expect: {"outcome": "Succeeded", "output": "[1, 93, 94]\n[(1, 0), (1, 6), (2, 0), (2, 17)] True\n"}
import socket
had, refused = {socket.AF_INET: [], socket.AF_INET6: []}, set()
for family in had:
    for kind in range(11):
        for protocol in (*range(256), 262):
            try: socket.socket(family, kind, protocol).close(); had[family].append((kind, protocol))
            except OSError as error: refused.add(error.errno)
print(sorted(refused))
print(had[socket.AF_INET], had[socket.AF_INET] == had[socket.AF_INET6])
