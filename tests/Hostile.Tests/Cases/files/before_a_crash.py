#: Files, and then a crash
#: defence: what was written is returned, however it ends
#: expect: {"outcome": "Signalled", "signal": "SIGSEGV"}
#: files: ["kept"]
import ctypes
open('kept', 'w').write('x')
ctypes.string_at(0)
