#: A mapping of terabytes that is never used
#: defence: only pages that are used are charged
#: match: {"outcome": "Succeeded|NonZeroExit"}
import mmap
try: mmap.mmap(-1, 1 << 42)
except OSError: pass
