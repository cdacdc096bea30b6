#: A socket
#: defence: what is no regular file is not opened
#: expect: {"outcome": "Succeeded"}
#: skipped: {"socket": "SpecialFile"}
import socket
socket.socket(socket.AF_UNIX).bind('socket')
