#: A new device
#: defence: no capability to create one
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os, stat
try: os.mknod('null', 0o666 | stat.S_IFCHR, os.makedev(1, 3)); print('had')
except PermissionError: print('refused')
