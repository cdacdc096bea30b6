#: Symbolic links into /proc of the supervisor
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"environ": "Link", "root": "Link"}
import os
os.symlink('/proc/1/environ', 'environ')
os.symlink('/proc/1/root', 'root')
