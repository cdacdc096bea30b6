#: The output folder itself is closed
#: defence: the supervisor reads with the rights of the code, which can open it again
#: expect: {"outcome": "Succeeded"}
#: files: ["x"]
import os
open('x', 'w').close()
os.chmod('.', 0)
