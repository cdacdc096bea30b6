#: sys.exit with a message
#: defence: none: as in plain Python
#: expect: {"outcome": "NonZeroExit", "return_code": 1, "error": "no\n"}
import sys
sys.exit('no')
