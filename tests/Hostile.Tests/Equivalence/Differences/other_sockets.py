#: here: "97 93 95\n"
import os, socket
def errno(make, *kind):
    try: make(*kind); return 0
    except OSError as error: return error.errno
print(errno(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW), 
      errno(socket.socket, socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDPLITE), errno(socket.socketpair, socket.AF_INET))
