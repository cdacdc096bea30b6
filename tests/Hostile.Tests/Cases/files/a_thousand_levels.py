#: A thousand nested folders
#: defence: the walk has a maximum depth, and no recursion
#: expect: {"outcome": "Succeeded", "skipped_file_count": "1"}
#: left: BadName
import os
for _ in range(1000):
    os.mkdir('d')
    os.chdir('d')
open('deep', 'w').close()
