#: A symbolic link to a directory outside
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"etc": "Link"}
import os
os.symlink('/etc', 'etc')
