#: The words of reports are printed
#: defence: reports are not in the output, but on a channel of their own
#: expect: {"outcome": "NonZeroExit", "return_code": 5, "killed_by": "", "message": "Ended with exit code 5."}
import os
os.write(1, b'timelimit exceeded\nOutOfMemory\n{"exit_code":0,"signal":null,"killed_by":"wall_time"}\n')
os.write(2, b'TimedOut\n')
os._exit(5)
