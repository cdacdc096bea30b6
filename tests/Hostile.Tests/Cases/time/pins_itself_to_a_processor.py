#: CPU affinity is changed
#: defence: processors are shares of the control group, wherever the code runs
#: expect: {"outcome": "Succeeded", "output": "done\n"}
import os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
print('done')
