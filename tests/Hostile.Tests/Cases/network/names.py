#: Host names, which could carry data out even if nothing else can
#: defence: no network, no resolver
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
try: socket.getaddrinfo('secret.example.org', 80); print('had')
except OSError: print('refused')
