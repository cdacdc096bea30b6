"""Places the source of the code: beside the working directory, and in it where the code asks for its own file."""

import os

from supervisor.languages import ASKS, NAMES
from supervisor.places import CODE, WORK
from supervisor.staging import InputFile, Staged, numbered


def place(staged: Staged, language: str, code: bytes) -> None:
    """Places the code under a name that no input has. Runs as the sandbox user."""
    name = next(name for name in numbered(NAMES[language]) if not os.path.lexists(f"{WORK}/{name}"))
    staged.main = f"{WORK}/{name}"
    with open(f"{CODE}/{name}", "wb") as file:
        file.write(code)
    if any(word in code for word in ASKS[language]) and _write(staged.main, code):
        import hashlib
        # As an input, it comes back when the code has changed it.
        staged.files[name] = InputFile(name, None, len(code), hashlib.sha256(code).hexdigest())


def _write(path: str, code: bytes) -> bool:
    file = open(path, "xb", buffering=0)
    try:
        return file.write(code) == len(code)
    except OSError:
        # The inputs fill the directory. Nearly everything works without.
        os.unlink(path)
        return False
    finally:
        file.close()
