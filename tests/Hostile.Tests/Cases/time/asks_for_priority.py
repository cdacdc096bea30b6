#: Real-time scheduling and a better nice value
#: defence: no capability for either
#: expect: {"outcome": "Succeeded", "output": "refused refused\n"}
import os
def tried(call):
    try: call(); return 'had'
    except PermissionError: return 'refused'
print(tried(lambda: os.nice(-5)), tried(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))))
