#: A file that its owner may not read
#: defence: the supervisor reads with the rights of the code, which can open it again
#: expect: {"outcome": "Succeeded"}
#: files: ["closed", "open"]
import os
for name in ('closed', 'open'): open(name, 'w').write('x')
os.chmod('closed', 0)
