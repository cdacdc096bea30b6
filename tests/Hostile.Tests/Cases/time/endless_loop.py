#: An endless loop
#: defence: the supervisor kills every process of the code at the wall time
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime", "return_code": 137, "output": "before\n"}
#: match: {"message": "Stopped after 0\\.5 s, the wall-time limit\\."}
#: files: ["part.txt"]
print('before')
open('part.txt', 'w').write('kept')
while True: pass
