#: The code closes every descriptor it has
#: defence: closed streams are empty
#: expect: {"outcome": "Succeeded", "output": "", "return_code": 0}
import os
os.closerange(0, 4096)
os._exit(0)
