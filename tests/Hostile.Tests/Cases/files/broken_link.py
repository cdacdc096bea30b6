#: A link to a missing file
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"gone": "Link"}
import os
os.symlink('nowhere', 'gone')
