#: The code sets limits of its own, the CPU time among them
#: defence: the result names the signal, and no limit of the service
#: expect: {"outcome": "Signalled", "signal": "SIGXCPU", "killed_by": ""}
import resource
resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
while True: pass
