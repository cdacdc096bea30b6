import sys
print(sys.getrecursionlimit(), sys.flags.hash_randomization, sys.flags.optimize, sys.flags.interactive, sys.flags.isolated)
