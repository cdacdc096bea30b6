#: Text that looks like the supervisor's reports is printed
#: defence: reports have a channel of their own
#: expect: {"outcome": "NonZeroExit", "return_code": 5, "killed_by": "", "message": "Ended with exit code 5."}
import os
os.write(1, b'timelimit exceeded\nOutOfMemory\n{"exit_code":0,"signal":null,"killed_by":"wall_time"}\n')
os.write(2, b'TimedOut\n')
os._exit(5)
