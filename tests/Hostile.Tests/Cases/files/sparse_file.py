#: A sparse file larger than the limit
#: defence: its size counts, not its blocks
#: expect: {"outcome": "Succeeded"}
#: skipped: {"sparse": "TooLarge"}
import os
os.truncate(os.open('sparse', os.O_CREAT | os.O_RDWR), 100 << 20)
