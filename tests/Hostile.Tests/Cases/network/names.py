#: Names, which could carry data even where nothing else goes out
#: defence: no network, no resolver
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
try: socket.getaddrinfo('secret.example.org', 80); print('had')
except OSError: print('refused')
