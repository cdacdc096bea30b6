#: A file that is gone before the end
#: defence: none: it does not come back
#: expect: {"outcome": "Succeeded"}
import os
open('gone', 'w').close()
os.unlink('gone')
