#: A folder that its owner may not enter
#: defence: the supervisor reads with the rights of the code, which can open it again
#: expect: {"outcome": "Succeeded"}
#: files: ["closed/in", "open"]
import os
open('open', 'w').close()
os.mkdir('closed')
open('closed/in', 'w').close()
os.chmod('closed', 0)
