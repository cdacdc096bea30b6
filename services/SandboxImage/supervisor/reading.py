"""From the text of the code to what runs: as Python if it is that, else as people paste it."""

from supervisor.kept import BUILTINS as __builtins__

import os
import sys

from code_interpreter.script import remember_lines
from supervisor.echo import compile_with_echo
from supervisor.places import CODE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

# As `ast` and `inspect` name them.
_ALLOW_TOP_LEVEL_AWAIT = 0x2000
_COROUTINE = 0x80
_CALLS = b"run_line_magic(", b"run_cell_magic(", b"magic(", b"system(", b"getoutput(", b"timed("


class Code:
    """One or two parts, and the text that they are made from."""

    def __init__(self, path: str, source: bytes) -> None:
        self.source = source
        self._path = path
        self.parts: list[CodeType] = []

    def compile(self, echo: bool) -> None:
        failed = SyntaxError("invalid syntax")
        # What IPython prints before its input looks like an annotation, of an item of something that there is not.
        if not self.source.lstrip().startswith(b"In ["):
            try:
                self.parts = self._compile(self.source, echo)
            except SyntaxError as error:
                failed = error
        if not self.parts:
            self._read_by_habit(echo, failed)
        if b"get_ipython()." in self.source and any(b"get_ipython()." + call in self.source for call in _CALLS):
            import builtins
            from code_interpreter.notebook import get_ipython
            builtins.get_ipython = get_ipython

    @property
    def awaits(self) -> bool:
        return any(part.co_flags & _COROUTINE for part in self.parts)

    def run_in_loop(self, names: dict[str, Any]) -> None:
        from asyncio import Runner
        with Runner() as runner:
            for part in self.parts:
                if part.co_flags & _COROUTINE:
                    runner.run(eval(part, names))
                else:
                    exec(part, names)

    def _compile(self, source: bytes, echo: bool, flags: int = 0) -> list[CodeType]:
        if echo:
            return compile_with_echo(source, self._path, flags)
        return [compile(source, self._path, "exec", flags, dont_inherit=True)]

    def _read_by_habit(self, echo: bool, error: SyntaxError) -> None:
        try:
            text = self.source.decode()
        except UnicodeDecodeError:
            raise error from None
        from code_interpreter.habits import compile_by_habit
        found = compile_by_habit(text, lambda reading: self._compile(reading.encode(), echo, _ALLOW_TOP_LEVEL_AWAIT), error)
        if isinstance(found, SyntaxError):
            found.__traceback__ = None
            raise found
        reading, self.parts = found
        if reading != text:
            self._replace(reading.encode())

    def _replace(self, source: bytes) -> None:
        """What runs is what tracebacks, `inspect` and workers that import it find."""
        self.source = source
        with open(f"{CODE}/{os.path.basename(self._path)}", "wb") as file:
            file.write(source)
        if "linecache" in sys.modules:
            remember_lines(self._path, source)
