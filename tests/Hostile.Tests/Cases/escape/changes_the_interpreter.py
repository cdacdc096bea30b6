#: The interpreter's own files are changed for the next execution
#: defence: the root is read-only, and a sandbox serves one execution
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import os
try: open(os.__file__, 'a').write('x'); print('had')
except OSError: print('refused')
