#: The code asks the kernel to kill others first
#: defence: oom_score_adj can only be raised without privileges
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory", "output": "refused\n"}
import os
try: os.write(os.open('/proc/self/oom_score_adj', os.O_WRONLY), b'-1000'); print('had', flush=True)
except OSError: print('refused', flush=True)
data = []
while True: data.append(bytearray(1 << 20))
