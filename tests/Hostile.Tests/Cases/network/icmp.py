#: ICMP and raw sockets
#: defence: seccomp profile, no capability, no network
#: expect: {"outcome": "Succeeded", "output": "1 1 93 93 97\n"}
import socket
def tried(*kind):
    try: socket.socket(*kind); return 'had'
    except OSError as error: return error.errno
print(tried(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP), tried(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW),
      tried(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP), tried(socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6),
      tried(socket.AF_PACKET, socket.SOCK_RAW))
