#: A child that holds stdout open after its parent's end
#: defence: the end of the code is the end of its first process
#: expect: {"outcome": "Succeeded", "output": "end\n"}
import os, signal
if os.fork() == 0:
    while True: signal.pause()
print('end')
