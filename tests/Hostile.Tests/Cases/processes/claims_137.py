#: An exit code that looks like a kill
#: defence: outcome and killed_by come from what happened, not from the number
#: expect: {"outcome": "NonZeroExit", "return_code": 137, "killed_by": "", "signal": ""}
import os
os._exit(137)
