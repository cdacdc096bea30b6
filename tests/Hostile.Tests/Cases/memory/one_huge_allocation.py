#: More memory than there is, at once
#: defence: the kernel only promises memory that is not used
#: request: {"limits": {"memory_bytes": 134217728}}
#: match: {"outcome": "NonZeroExit|OutOfMemory"}
bytearray(1 << 40)
