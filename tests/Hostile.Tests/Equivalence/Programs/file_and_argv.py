import os, sys
print(os.path.basename(__file__), [os.path.basename(a) for a in sys.argv])
