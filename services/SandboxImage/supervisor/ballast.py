"""
Memory that this process holds while the code runs, and gives back for its own work after it. Files and System V objects stay when all
processes are dead; code that leaves the sandbox full of them must not cost itself the files that are to come.
"""

import mmap

# The harvest of a full directory needs a third of it.
_BYTES = 2 << 20


class Ballast:
    def __init__(self) -> None:
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
        self._memory = mmap.mmap(-1, _BYTES, flags=flags)
        # Nothing to copy for the fork.
        self._memory.madvise(mmap.MADV_DONTFORK)

    def drop(self) -> None:
        self._memory.close()
