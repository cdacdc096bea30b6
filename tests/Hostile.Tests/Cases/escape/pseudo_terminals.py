#: Pseudo terminals until the host has none left, and their line disciplines, which are kernel modules
#: defence: the folder in which they are created is masked
#: expect: {"outcome": "Succeeded", "output": "refused [] []\n"}
import os
def made():
    held = []
    try:
        while True: held.append(os.open('/dev/ptmx', os.O_RDWR | os.O_NOCTTY))
    except OSError: return held
try: os.openpty(); print('had')
except OSError: print('refused', made(), os.listdir('/dev/pts'))
