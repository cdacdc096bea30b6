#: input() where there is none
#: defence: the end of file, at once
#: expect: {"outcome": "NonZeroExit", "exception.type": "EOFError"}
input()
