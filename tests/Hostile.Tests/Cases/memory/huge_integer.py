#: An integer that takes for ever to print
#: defence: an ordinary exception: Python limits such conversions itself
#: expect: {"outcome": "NonZeroExit", "exception.type": "ValueError"}
print(10 ** 100_000)
