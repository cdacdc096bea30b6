#: Files that the interpreter would run at its next start
#: defence: there is no next start in this sandbox
#: expect: {"outcome": "Succeeded"}
#: files: ["sitecustomize.py", "usercustomize.py"]
import os
for name in ('sitecustomize.py', 'usercustomize.py', '/home/sandbox/.pythonrc', '/home/sandbox/.profile'):
    open(name, 'w').write('raise SystemExit(9)')
