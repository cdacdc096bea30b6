#: The file system through /proc/1/root and /proc/1/cwd
#: defence: another user
#: expect: {"outcome": "Succeeded", "output": "refused refused\n"}
import os
def tried(path):
    try: os.listdir(path); return 'had'
    except OSError: return 'refused'
print(tried('/proc/1/root'), tried('/proc/1/cwd'))
