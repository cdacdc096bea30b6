#: Memory is used in sockets that are never read
#: defence: descriptors are limited, and buffers of sockets are charged
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory"}
#: at most: {"usage.peak_memory_bytes": 134217728}
import socket
held = []
try:
    while True:
        pair = socket.socketpair()
        held.append(pair)
        pair[0].setblocking(False)
        pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
        try:
            while True: pair[0].send(bytes(65536))
        except BlockingIOError: pass
except OSError: pass
