#: TCP to the internet
#: defence: no network
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
for address in (('192.0.2.1', 80), ('1.1.1.1', 443), ('8.8.8.8', 53)):
    try: socket.create_connection(address, 2); print('had'); break
    except OSError: pass
else: print('refused')
