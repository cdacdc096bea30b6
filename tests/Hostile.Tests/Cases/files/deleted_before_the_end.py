#: A file that is deleted before the end
#: defence: none: it is not returned
#: expect: {"outcome": "Succeeded"}
import os
open('gone', 'w').close()
os.unlink('gone')
