#: Recursion without end
#: defence: an ordinary exception
#: expect: {"outcome": "NonZeroExit", "exception.type": "RecursionError"}
def f(): f()
f()
