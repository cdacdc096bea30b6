"""What every Python in the sandbox has: `load_file`, and a way to find the code. What `load_file` needs is imported on first use."""

import builtins

from code_interpreter import script


# Its annotations are builtins: whoever asks for the signature evaluates them, and `typing` is slow to import.
def load_file(id_or_name: str) -> object:
    """Loads an attached file by its id or name: tables as DataFrame, JSON, images, arrays, text, else bytes."""
    from code_interpreter.loading import load_file as load
    return load(id_or_name)


builtins.load_file = load_file
script.install()
