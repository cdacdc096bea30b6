#: here: "first\nsecond\n"
import subprocess
print('first')
subprocess.run(['echo', 'second'])
