#: abort()
#: defence: only the code ends; the signal is named, and there is no core file
#: expect: {"outcome": "Signalled", "signal": "SIGABRT", "return_code": 134}
import os
os.abort()
