#: A giant file whose blocks are asked for
#: defence: size of the tmpfs, and limit of the size of files
#: match: {"outcome": "NonZeroExit|Signalled"}
#: files: ["giant"]
import os
os.posix_fallocate(os.open('giant', os.O_CREAT | os.O_RDWR), 0, 1 << 40)
