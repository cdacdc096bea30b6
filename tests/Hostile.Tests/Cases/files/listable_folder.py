#: A folder that can be listed and not entered, and one within
#: defence: the supervisor reads with the rights of the code, which can open it again
#: expect: {"outcome": "Succeeded"}
#: files: ["listable/deeper/in", "listable/in", "open"]
import os
open('open', 'w').close()
os.makedirs('listable/deeper')
for path in ('listable/in', 'listable/deeper/in'): open(path, 'w').write('x')
os.chmod('listable/deeper', 0o400)
os.chmod('listable', 0o400)
