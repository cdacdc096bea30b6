"""Plain values with names. The module `dataclasses` would cost more to import than all the rest of the supervisor."""


class Record:
    """Takes a value for each annotated name of the class, in their order or by name; a class attribute is the default."""

    _names: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(cls.__annotations__)

    def __init__(self, *values: object, **named: object) -> None:
        given = dict(zip(self._names, values)) | named
        if len(given) != len(values) + len(named) or not given.keys() <= set(self._names):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._names)}")
        for name in self._names:
            if name not in given and not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} needs {name}")
        self.__dict__.update(given)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._names)})"
