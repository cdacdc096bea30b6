#: More memory than there is, at once
#: defence: the kernel gives what was not touched only on paper
#: request: {"limits": {"memory_bytes": 134217728}}
#: match: {"outcome": "NonZeroExit|OutOfMemory"}
bytearray(1 << 40)
