#: Links that lead to each other, and to their own folder
#: defence: links are not followed
#: expect: {"outcome": "Succeeded"}
#: skipped: {"a": "Link", "b": "Link", "here": "Link"}
import os
os.symlink('b', 'a')
os.symlink('a', 'b')
os.symlink('.', 'here')
