#: An exception whose every part raises
#: defence: the code that describes an exception does not trust it
#: expect: {"outcome": "NonZeroExit", "return_code": 1}
class Meta(type):
    def __getattribute__(cls, name): raise RuntimeError(name)
class Hostile(Exception, metaclass=Meta):
    def __str__(self): raise RuntimeError
    def __repr__(self): raise RuntimeError
    __traceback__ = property(lambda self: 1 / 0)
raise Hostile
