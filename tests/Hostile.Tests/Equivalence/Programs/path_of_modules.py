import sys
# The folder of main.py is first elsewhere, and last in a sandbox.
print([p.rsplit('/', 1)[-1] for p in sys.path[1:] if p != '/home/sandbox'])
