#: The output folder is replaced by a link
#: defence: it is a mount, and the harvest holds it open
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os
os.chdir('/')
try: os.rename('/mnt/data', '/mnt/other'); os.symlink('/etc', '/mnt/data'); print('had')
except OSError: print('refused')
