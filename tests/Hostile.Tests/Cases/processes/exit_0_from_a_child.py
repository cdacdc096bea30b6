#: A child exits with 0 and its parent fails
#: defence: the exit code is that of the first process
#: expect: {"outcome": "NonZeroExit", "return_code": 3}
import os
if os.fork() == 0: os._exit(0)
os.wait()
os._exit(3)
