#: A FIFO, which blocks its reader
#: defence: only regular files are opened
#: expect: {"outcome": "Succeeded"}
#: files: ["after"]
#: skipped: {"before": "SpecialFile"}
import os
os.mkfifo('before')
open('after', 'w').close()
