#: Other processes of the host
#: defence: a process namespace of its own
#: expect: {"outcome": "Succeeded", "output": "True\n"}
import os
print(sum(name.isdigit() for name in os.listdir('/proc')) <= 4)
