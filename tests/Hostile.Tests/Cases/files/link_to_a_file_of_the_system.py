#: A symbolic link to /etc/passwd
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"passwd": "Link"}
import os
os.symlink('/etc/passwd', 'passwd')
