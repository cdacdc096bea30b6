"""
Memory that this process reserves while the code runs, and releases for its own work afterwards. Files and System V objects remain when all
processes are dead, so code can leave the sandbox full of them. Its files can still be returned.
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
