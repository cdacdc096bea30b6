#: The code closes every descriptor it has
#: defence: streams that are closed are just empty
#: expect: {"outcome": "Succeeded", "output": "", "return_code": 0}
import os
os.closerange(0, 4096)
os._exit(0)
