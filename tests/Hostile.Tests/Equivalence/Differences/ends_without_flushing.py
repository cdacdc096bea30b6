#: here: "seen\n"
import os
print('seen')
os._exit(0)
