"""A module."""
print(__name__, __doc__, __builtins__.__name__)
