#: A hard link to a file of another user
#: defence: another file system, and another owner
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os
try: os.link('/etc/passwd', 'passwd'); print('had')
except OSError: print('refused')
