import os, stat
open('f', 'w').close()
print(oct(stat.S_IMODE(os.stat('f').st_mode)), oct(os.umask(0)))
