#: Files outside of the output folder
#: defence: only what is in it comes back
#: expect: {"outcome": "Succeeded"}
import os
for place in ('/tmp', '/home/sandbox', '/dev/shm'): open(place + '/x', 'w').close()
