#: A child takes all memory; its parent lives on
#: defence: the kernel kills the largest process, not the supervisor
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "Succeeded", "killed_by": "", "output": "-9\n"}
import os
if os.fork() == 0:
    data = []
    while True: data.append(bytearray(1 << 20))
print(os.waitstatus_to_exitcode(os.wait()[1]))
