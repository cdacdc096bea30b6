#: A FIFO, which blocks whoever opens it
#: defence: what is no regular file is not opened
#: expect: {"outcome": "Succeeded"}
#: files: ["after"]
#: skipped: {"before": "SpecialFile"}
import os
os.mkfifo('before')
open('after', 'w').close()
