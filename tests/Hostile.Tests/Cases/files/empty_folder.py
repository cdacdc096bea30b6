#: An empty folder
#: defence: none: it is not a file
#: expect: {"outcome": "Succeeded", "skipped_file_count": "0"}
import os
os.mkdir('empty')
