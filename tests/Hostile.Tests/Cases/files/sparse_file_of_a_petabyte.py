#: A sparse file of a petabyte
#: defence: the limit of the file size
#: match: {"outcome": "NonZeroExit|Signalled|Succeeded"}
#: skipped: {"sparse": "TooLarge"}
import os, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
descriptor = os.open('sparse', os.O_CREAT | os.O_RDWR)
os.truncate(descriptor, 60 << 20)
os.truncate(descriptor, 1 << 50)
