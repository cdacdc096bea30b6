#: Metadata services of clouds
#: defence: no network
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import socket
for address in ('169.254.169.254', '100.100.100.200', '169.254.170.2', 'fd00:ec2::254'):
    try: socket.create_connection((address, 80), 1); print('had'); break
    except OSError: pass
else: print('refused')
