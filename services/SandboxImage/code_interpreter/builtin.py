"""
What every Python in the sandbox has: `load_file`, `load_file_path`, `display`, a way to find the code, and libraries whose pictures
become files. What these need is imported on first use.
"""

import builtins

from code_interpreter import hooks, script


# Their annotations are builtins: asking for the signature evaluates them, and `typing` is slow to import.
def load_file(id_or_name: str, **options: object) -> object:
    """
    Loads an attached file by its id or name: tables as DataFrame, JSON, images, arrays, text, else bytes.
    Options, such as sep, encoding, nrows or sheet_name, go to what reads the file.
    """
    from code_interpreter.loading import load_file as load
    return load(id_or_name, **options)


def load_file_path(id_or_name: str) -> str:
    """The path of an attached file, by its id or name, for a library that opens it itself."""
    from code_interpreter.loading import load_file_path as find
    return find(id_or_name)


def display(*objs: object, **options: object) -> object:
    """Shows objects as a notebook does: figures, images and charts as files, tables and everything else as text."""
    from code_interpreter.showing import display as show
    return show(*objs, **options)


builtins.load_file = load_file
builtins.load_file_path = load_file_path
builtins.display = display
script.install()
hooks.install()
