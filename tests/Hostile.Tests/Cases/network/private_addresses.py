#: Private addresses: the engine's bridge, and what could be behind it
#: defence: no network
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
for address in ('172.17.0.1', '10.0.0.1', '192.168.0.1', '192.168.65.2', '127.0.0.53', 'fe80::1', '::1'):
    for port in (2375, 5672, 27017, 8080, 8081, 8090, 53):
        try: socket.create_connection((address, port), 0.2); print('had', address, port)
        except OSError: pass
print('refused')
