#: Recursion beyond what the stack holds
#: defence: it ends the code only
#: match: {"outcome": "Signalled|NonZeroExit|OutOfMemory"}
import sys
sys.setrecursionlimit(1 << 30)
class A:
    def __repr__(self): return repr(self)
repr(A())
