#: A segmentation fault
#: defence: it ends the code only, and is named
#: expect: {"outcome": "Signalled", "signal": "SIGSEGV", "return_code": 139}
import ctypes
ctypes.string_at(0)
