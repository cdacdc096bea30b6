"""
Makes sense of code that does not compile as it stands: pasted from a notebook, a chat or an interactive session. Each step keeps the
number of lines, so that a traceback fits what was submitted. Code that compiles never comes here.
"""

import re

from code_interpreter.commands import TOKEN, translate_commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# No letter of any program: marks of direction and joining, byte order marks, soft hyphens.
_INVISIBLE = dict.fromkeys((0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
_SPACES = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb\u00b4`"

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*\{?\.?([\w+#-]*)[^`]*")
_FENCE_BEHIND_CODE = re.compile(r"([^`]*[^`\s])`{3,}\s*")
_IN_ONE_LINE = re.compile(r"\s*(?:```(?:(?:python3?|py)[ \t]+)?([^`\n]+)```|`([^`]+)`)\s*")
_PYTHON = {"python", "py", "python3", "py3", "ipython", "ipython3", "pycon", "jupyter"}
_PROMPT = re.compile(r"\s*(?:>>>|In \[\d*\]:)(?: (.*)|\s*)")
_MORE = re.compile(r"\s*\.\.\.:?(?: (.*)|\s*)")


def compile_by_habit(text: str, compile_text: Callable[[str], object], error: SyntaxError) -> tuple[str, object] | SyntaxError:
    """The first reading that compiles, and what became of it; or the error of the reading that came furthest."""
    tried, furthest = set(), error
    for reading in _readings(text):
        if reading in tried:
            continue
        tried.add(reading)
        try:
            return reading, compile_text(reading)
        except SyntaxError as failed:
            if (failed.lineno or 0) > (furthest.lineno or 0):
                furthest = failed
    _name_quotes(furthest)
    return furthest


def _readings(text: str) -> Iterable[str]:
    """The least that was changed comes first. As it is, it may await something."""
    if text.lstrip().startswith("In ["):
        text = take_from_prompts(text)
    yield text
    clean = remove_invisible(text)
    yield clean
    yield translate_commands(clean)
    for bare in (take_from_fences(clean), clean):
        yield bare
        yield translate_commands(bare)
        code = take_from_prompts(bare)
        yield code
        yield translate_commands(code)


def remove_invisible(text: str) -> str:
    """Outside of strings and comments, where they may be meant."""
    parts, at = [], 0
    for token in TOKEN.finditer(text):
        parts += _visible(text[at:token.start()]), token[0]
        at = token.end()
    return _dedent("".join((*parts, _visible(text[at:]))))


def _visible(text: str) -> str:
    return text.translate(_INVISIBLE).translate(_SPACES)


def take_from_fences(text: str) -> str:
    """What is between the fences of Markdown."""
    if whole := _IN_ONE_LINE.fullmatch(text):
        code = 1 if whole[1] else 2
        return "\n" * text.count("\n", 0, whole.start(code)) + whole[code]
    lines, fences = text.split("\n"), []
    for number, line in enumerate(lines):
        if found := _FENCE.fullmatch(line):
            fences.append((number, found[1].lower()))
        elif len(fences) % 2 and (found := _FENCE_BEHIND_CODE.fullmatch(line)):
            lines[number] = found[1]
            fences.append((number + 1, ""))
    if not fences:
        return text
    if len(fences) == 1 and not fences[0][1] and any(line.strip() for line in lines[:fences[0][0]]) and not any(
            line.strip() for line in lines[fences[0][0] + 1:]):
        # Only its end was copied.
        fences.insert(0, (-1, ""))
    ends = [number for number, _ in fences[1::2]] + [len(lines)]
    blocks = [(start + 1, end, language) for (start, language), end in zip(fences[::2], ends)]
    # One without a language is often the output of one that has one.
    wanted = [block for block in blocks if block[2] in _PYTHON] or [block for block in blocks if not block[2]]
    kept = [""] * len(lines)
    for start, end, _ in wanted:
        kept[start:end] = _dedent("\n".join(lines[start:end])).split("\n") if end > start else []
    return "\n".join(kept) if wanted else text


def take_from_prompts(text: str) -> str:
    """What was typed in an interactive session, without what it has printed."""
    lines = text.split("\n")
    if not any(_PROMPT.fullmatch(line) for line in lines):
        return text
    kept, inside = [], False
    for line in lines:
        found = _PROMPT.fullmatch(line) or (_MORE.fullmatch(line) if inside else None)
        inside = found is not None
        kept.append(found[1] or "" if found else "")
    return "\n".join(kept)


def _dedent(text: str) -> str:
    """Without the indent of the first statement."""
    found = re.search(r"^([ \t]+)[^\s#]|^[^\s#]", text, re.MULTILINE)
    indent = found[1] if found else None
    return "\n".join(line.removeprefix(indent) for line in text.split("\n")) if indent else text


def _name_quotes(error: SyntaxError) -> None:
    quotes = [letter for letter in dict.fromkeys(error.text or "") if letter in _QUOTES]
    if quotes and error.msg:
        named = " and ".join(f"{letter} (U+{ord(letter):04X})" for letter in quotes)
        error.msg = f"{error.msg}; {named} in this line {'is' if len(quotes) == 1 else 'are'} no quotation mark of Python: use ' or \""
