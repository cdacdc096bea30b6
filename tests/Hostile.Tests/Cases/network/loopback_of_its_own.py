#: A server and a client within the sandbox
#: defence: none: the loopback is its own
#: expect: {"outcome": "Succeeded", "output": "b'hello'\n"}
import socket
server = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(server.getsockname())
server.accept()[0].sendall(b'hello')
print(client.recv(5))
