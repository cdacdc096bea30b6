#: A NUL in a string that goes to the system
#: defence: an ordinary exception
#: expect: {"outcome": "NonZeroExit", "exception.type": "ValueError"}
open('a\0b')
