#: ICMP and raw sockets
#: defence: seccomp profile, no capability, no network
#: expect: {"outcome": "Succeeded", "output": "refused refused refused\n"}
import socket
def tried(*kind):
    try: socket.socket(*kind).sendto(b'x', ('192.0.2.1', 0)); return 'had'
    except OSError: return 'refused'
print(tried(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP), tried(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP), tried(socket.AF_PACKET, socket.SOCK_RAW))
