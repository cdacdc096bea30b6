#: A hard link to a file of somebody else
#: defence: another file system, and not its owner
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os
try: os.link('/etc/passwd', 'passwd'); print('had')
except OSError: print('refused')
