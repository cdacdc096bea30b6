#: Half of a character
#: defence: an ordinary exception of the code
#: expect: {"outcome": "NonZeroExit", "exception.type": "UnicodeEncodeError"}
print('\ud800')
