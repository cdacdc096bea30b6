#: A program that is only in memory is run
#: defence: none against code in memory, which Python can run anyway; it gains no rights
#: match: {"outcome": "Succeeded", "output": "(19[0-9]{8}|refused)\n"}
import os
file = os.memfd_create('program')
os.write(file, open('/usr/bin/id', 'rb').read())
try:
    if os.fork() == 0: os.execve(file, ['id', '-u'], {})
    os.wait()
except OSError: print('refused')
