#: Programs that were written are run
#: defence: every writable folder is noexec
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os, shutil, subprocess
ran = []
for place in ('/mnt/data', '/tmp', '/home/sandbox', '/dev/shm'):
    path = place + '/program'
    shutil.copy('/bin/true', path)
    os.chmod(path, 0o755)
    try: subprocess.run([path], check=True); ran.append(place)
    except PermissionError: pass
    os.unlink(path)
print(ran)
