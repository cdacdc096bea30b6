#: The code makes itself and others traceable
#: defence: the supervisor is another user
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import ctypes
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
try: open('/proc/1/auxv', 'rb').read(); print('had')
except OSError: print('refused')
