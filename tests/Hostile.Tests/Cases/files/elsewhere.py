#: Files outside of the output folder
#: defence: only files in it are returned
#: expect: {"outcome": "Succeeded"}
import os
for place in ('/tmp', '/home/sandbox', '/dev/shm'): open(place + '/x', 'w').close()
