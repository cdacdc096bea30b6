#: sys.exit with a text
#: defence: none: as with any Python
#: expect: {"outcome": "NonZeroExit", "return_code": 1, "error": "no\n"}
import sys
sys.exit('no')
