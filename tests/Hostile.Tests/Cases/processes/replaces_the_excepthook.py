#: The code replaces the hook that reports its exceptions
#: defence: the hook belongs to the code, as in plain Python
#: expect: {"outcome": "NonZeroExit", "return_code": 1, "output": "mine\n", "error": ""}
import sys
sys.excepthook = lambda *_: print('mine')
raise ValueError
