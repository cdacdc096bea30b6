#: A program in memory only is run
#: defence: none against code in memory, which Python can have anyway; it gets no rights by it
#: match: {"outcome": "Succeeded", "output": "(19[0-9]{8}|refused)\n"}
import os
file = os.memfd_create('program')
os.write(file, open('/usr/bin/id', 'rb').read())
try:
    if os.fork() == 0: os.execve(file, ['id', '-u'], {})
    os.wait()
except OSError: print('refused')
