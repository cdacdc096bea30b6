#: A MemoryError caused by a limit that the code set
#: defence: an ordinary exception of the code
#: expect: {"outcome": "NonZeroExit", "killed_by": "", "exception.type": "MemoryError"}
import resource
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
bytearray(1 << 32)
