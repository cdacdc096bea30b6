import sys
# The source of the code is elsewhere in a sandbox, which is last.
print([p.rsplit('/', 1)[-1] for p in sys.path[1:] if p != '/home/sandbox/.code'])
