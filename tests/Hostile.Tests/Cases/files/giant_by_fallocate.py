#: A huge file whose blocks are allocated
#: defence: size of the tmpfs, and the limit of the file size
#: match: {"outcome": "NonZeroExit|Signalled"}
#: files: ["giant"]
import os
os.posix_fallocate(os.open('giant', os.O_CREAT | os.O_RDWR), 0, 1 << 40)
