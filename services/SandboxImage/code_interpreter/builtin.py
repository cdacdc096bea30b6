"""Makes `load_file` a builtin of every Python in the sandbox. What it needs is imported on first use."""

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load_file(id_or_name: str) -> Any:
    """Loads an attached file by its id or name: tables as DataFrame, JSON, images, arrays, text, else bytes."""
    from code_interpreter.loading import load_file as load
    return load(id_or_name)


builtins.load_file = load_file
