#: Stdout without end from many processes at once
#: defence: the limit counts everything that is written to the streams
#: expect: {"outcome": "OutputLimitExceeded", "killed_by": "Output"}
#: files: ["stdout.txt"]
import os
for _ in range(10):
    if os.fork() == 0: break
while True: os.write(1, b'z' * 65536)
