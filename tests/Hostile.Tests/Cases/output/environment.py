#: The whole environment
#: defence: it is built for the code, and has no secrets
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import os
known = {'HOME', 'LANG', 'PATH', 'PWD', 'USER', 'LOGNAME', 'TMPDIR', 'MPLCONFIGDIR', 'MPLBACKEND', 'PYTHONUNBUFFERED',
         'PYTHONDONTWRITEBYTECODE', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'NUMEXPR_MAX_THREADS'}
print(sorted(set(os.environ) - known))
