#: Recursion beyond the size of the stack
#: defence: only the code ends
#: match: {"outcome": "Signalled|NonZeroExit|OutOfMemory"}
import sys
sys.setrecursionlimit(1 << 30)
class A:
    def __repr__(self): return repr(self)
repr(A())
