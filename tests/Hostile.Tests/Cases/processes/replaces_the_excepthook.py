#: The code replaces what reports its exceptions
#: defence: the hook is the code's own, as with any Python
#: expect: {"outcome": "NonZeroExit", "return_code": 1, "output": "mine\n", "error": ""}
import sys
sys.excepthook = lambda *_: print('mine')
raise ValueError
