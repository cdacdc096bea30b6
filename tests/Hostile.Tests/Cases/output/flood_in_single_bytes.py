#: Output byte by byte
#: defence: output is read in pieces as large as available
#: request: {"limits": {"wall_time_seconds": 1}}
#: match: {"outcome": "TimedOut|OutputLimitExceeded"}
#: expect: {"error": ""}
#: perhaps: ["stdout.txt"]
import os
while True: os.write(1, b'x')
