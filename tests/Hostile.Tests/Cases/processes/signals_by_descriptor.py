#: The supervisor is signalled by a descriptor of its process
#: defence: another user
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os, signal
try:
    signal.pidfd_send_signal(os.pidfd_open(1), signal.SIGKILL)
    print('sent')
except OSError: print('refused')
