#: Exit codes that do not fit
#: defence: what the kernel makes of them
#: expect: {"outcome": "NonZeroExit", "return_code": 255}
import sys
sys.exit(-1)
