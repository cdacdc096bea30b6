#: A link to what is not there
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"gone": "Link"}
import os
os.symlink('nowhere', 'gone')
