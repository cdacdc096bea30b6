#: A socket
#: defence: only regular files are opened
#: expect: {"outcome": "Succeeded"}
#: skipped: {"socket": "SpecialFile"}
import socket
socket.socket(socket.AF_UNIX).bind('socket')
