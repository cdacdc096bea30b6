#: Files and folders that begin with a dot
#: defence: none: they are returned like others
#: expect: {"outcome": "Succeeded"}
#: files: [".hidden", "__pycache__/x.pyc"]
import os
open('.hidden', 'w').close()
os.mkdir('__pycache__')
open('__pycache__/x.pyc', 'w').close()
