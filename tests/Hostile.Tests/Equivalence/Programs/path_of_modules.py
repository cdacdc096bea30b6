import sys
print([p.rsplit('/', 1)[-1] for p in sys.path[1:]])
