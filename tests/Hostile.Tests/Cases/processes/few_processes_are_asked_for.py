#: The request allows fewer processes than the code starts
#: defence: limit of processes of the control group
#: request: {"limits": {"processes": 8}}
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os, signal
try:
    for _ in range(50):
        if os.fork() == 0:
            while True: signal.pause()
except BlockingIOError: print('refused')
