#: Interval timers and alarms are set, to deceive a clock that uses them
#: defence: time is counted by the supervisor and by the kernel's accounting, not by timers of the process
#: request: {"limits": {"wall_time_seconds": 0.5}}
#: expect: {"outcome": "TimedOut", "killed_by": "WallTime"}
import signal
for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF): signal.setitimer(timer, 1e6)
signal.alarm(0)
while True: pass
