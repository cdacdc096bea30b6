#: A last expression whose value cannot be shown
#: defence: an exception of the code
#: request: {"echo": true}
#: expect: {"outcome": "NonZeroExit", "exception.type": "RuntimeError"}
class Hostile:
    def __repr__(self): raise RuntimeError('no')
Hostile()
