#: UDP to the internet
#: defence: no network
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
try: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53)); print('had')
except OSError: print('refused')
