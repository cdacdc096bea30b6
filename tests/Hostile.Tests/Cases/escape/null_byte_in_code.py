#: A NUL in a string for a system call
#: defence: an ordinary exception
#: expect: {"outcome": "NonZeroExit", "exception.type": "ValueError"}
open('a\0b')
