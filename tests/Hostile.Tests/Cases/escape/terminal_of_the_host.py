#: Characters pushed into a terminal
#: defence: there is none
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import fcntl, os
try: fcntl.ioctl(os.open('/dev/tty', os.O_RDWR), 0x5412, b'x'); print('had')
except OSError: print('refused')
