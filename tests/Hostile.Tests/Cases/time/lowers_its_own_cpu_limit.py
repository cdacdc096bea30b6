#: The code sets limits of its own, the CPU time among them
#: defence: what ends the code is its own doing and said so: a signal, no limit of ours
#: expect: {"outcome": "Signalled", "signal": "SIGXCPU", "killed_by": ""}
import resource
resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
while True: pass
