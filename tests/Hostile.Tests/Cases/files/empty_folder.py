#: A folder with nothing in it
#: defence: none: it is no file
#: expect: {"outcome": "Succeeded", "skipped_file_count": "0"}
import os
os.mkdir('empty')
