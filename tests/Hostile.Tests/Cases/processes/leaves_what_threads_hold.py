#: Non-daemon threads that never end
#: defence: the wall time
#: request: {"limits": {"wall_time_seconds": 0.7}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime", "output": "main is done\n"}
import threading
threading.Thread(target=threading.Event().wait).start()
print('main is done', flush=True)
