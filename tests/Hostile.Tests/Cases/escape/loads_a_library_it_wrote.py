#: A shared library that was written is loaded
#: defence: every writable folder is noexec
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import ctypes, glob, shutil
shutil.copy(glob.glob('/usr/lib/*/libm.so.6')[0], '/tmp/evil.so')
try: ctypes.CDLL('/tmp/evil.so'); print('had')
except OSError: print('refused')
