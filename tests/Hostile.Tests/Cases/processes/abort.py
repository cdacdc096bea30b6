#: abort()
#: defence: it ends the code only, is named, and leaves no core file
#: expect: {"outcome": "Signalled", "signal": "SIGABRT", "return_code": 134}
import os
os.abort()
