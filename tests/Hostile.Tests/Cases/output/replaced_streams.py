#: sys.stdout and sys.stderr are replaced and broken
#: defence: descriptors count, not Python's objects
#: expect: {"outcome": "Succeeded", "output": "by descriptor"}
import os, sys
sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
os.write(1, b'by descriptor')
