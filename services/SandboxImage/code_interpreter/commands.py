"""Translates what notebooks understand beside Python, line by line: `%magic`, `%%magic`, `!command`, `name?`, and `pip install` alone."""

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'(?:\\.|[^\\])*?(?:\'\'\'|\Z)'
    r'|"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?|\\\n|[()\[\]{}\n]', re.DOTALL)

_CELL = re.compile(r"%%(\w+)[ \t]*(.*)")
_MAGIC = re.compile(r"([ \t]*)%(\w+)[ \t]*(.*)", re.DOTALL)
_SHELL = re.compile(r"([ \t]*)(!{1,2}|\$ )[ \t]*(.*)", re.DOTALL)
_ASSIGNED = re.compile(r"([ \t]*)([A-Za-z_][\w.,\[\]'\" ]*?)[ \t]*=[ \t]*([%!])(\S.*)", re.DOTALL)
_HELP = re.compile(r"([ \t]*)(?:\?{1,2}[ \t]*([\w.]+)|([\w.]+)\?{1,2})[ \t]*")
_INSTALL = re.compile(
    r"([ \t]*)((?:python3?[ \t]+-m[ \t]+)?(?:uv[ \t]+)?(?:pip3?|conda|mamba|apt|apt-get)[ \t]+(?:install|list|show|freeze|update)\b.*)",
    re.DOTALL)

# Run what stands behind them, which is Python.
_STATEMENTS = ("time", "timeit", "prun", "memit", "lprun", "mprun")
_OPTIONS = re.compile(r"(?:-\w+(?:[ \t]*\d+)?[ \t]+)*")
_BLOCK = re.compile(r"(?:for|while|if|with|try|def|class|async|match|@)\b")
_PYTHON_CELLS = (*_STATEMENTS, "capture", "python", "python3", "debug")


def translate_commands(text: str) -> str:
    """The same number of lines, of which those that are no Python are calls."""
    lines = text.split("\n")
    done = 0
    for number in list(_foreign_lines(lines, text)):
        if number < done:
            continue
        if cell := _CELL.fullmatch(lines[number]):
            done = _translate_cell(lines, number, cell[1], cell[2])
            continue
        done = number + 1
        while lines[done - 1].endswith("\\") and done < len(lines):
            done += 1
        command = "\n".join(lines[number:done])
        lines[number:done] = [_translate(command), *[""] * (done - number - 1)]
    return "\n".join(lines)


def _foreign_lines(lines: list[str], text: str) -> Iterator[int]:
    """Numbers of the lines that begin a statement, and are none of Python's."""
    number = at = 0
    while number < len(lines):
        if _is_foreign(lines[number]):
            yield number
            at += len(lines[number]) + 1
            number += 1
            continue
        depth, end = 0, len(text)
        for token in TOKEN.finditer(text, at):
            if token[0] in "([{":
                depth += 1
            elif token[0] in ")]}":
                depth = max(depth - 1, 0)
            elif token[0] == "\n" and depth == 0:
                end = token.start()
                break
        number += text.count("\n", at, end) + 1
        at = end + 1


def _is_foreign(line: str) -> bool:
    return any(form.fullmatch(line) for form in (_CELL, _MAGIC, _SHELL, _ASSIGNED, _HELP, _INSTALL))


def _translate(command: str) -> str:
    if found := _ASSIGNED.fullmatch(command):
        indent, name, kind, rest = found.groups()
        return f"{indent}{name} = {_value(kind, rest)}"
    if found := _MAGIC.fullmatch(command):
        indent, name, rest = found.groups()
        if name in _STATEMENTS and (statement := _OPTIONS.sub("", rest, count=1).strip()):
            return f"{indent}{statement}" if _BLOCK.match(statement) else f"{indent}with get_ipython().timed(): {statement}"
        return f"{indent}get_ipython().run_line_magic({name!r}, {rest!r})"
    if found := _SHELL.fullmatch(command):
        return f"{found[1]}get_ipython().system({found[3]!r})"
    if found := _HELP.fullmatch(command):
        return f"{found[1]}help({found[2] or found[3]})"
    found = _INSTALL.fullmatch(command)
    return f"{found[1]}get_ipython().system({found[2]!r})"


def _value(kind: str, rest: str) -> str:
    if kind == "!":
        return f"get_ipython().getoutput({rest!r})"
    name, _, line = rest.partition(" ")
    if name in _STATEMENTS:
        return _OPTIONS.sub("", line, count=1)
    return f"get_ipython().run_line_magic({name!r}, {line!r})"


def _translate_cell(lines: list[str], number: int, name: str, line: str) -> int:
    """The line behind what it has translated."""
    if name in _PYTHON_CELLS:
        lines[number] = f"get_ipython().run_line_magic({name!r}, '')"
        return number + 1
    end = next((later for later in range(number + 1, len(lines)) if re.match(r"%%\w|# ?%%", lines[later])), len(lines))
    body = "\n".join(lines[number + 1:end]) + "\n"
    lines[number:end] = [f"get_ipython().run_cell_magic({name!r}, {line!r}, {body!r})", *[""] * (end - number - 1)]
    return end
