#: A segmentation fault
#: defence: only the code ends; the signal is named
#: expect: {"outcome": "Signalled", "signal": "SIGSEGV", "return_code": 139}
import ctypes
ctypes.string_at(0)
