"""Makes pasted code runnable: byte order mark, line ends, a coding comment, and an indent that all of it has."""

# As the language defines it: a comment in one of the first two lines, the first of them blank or a comment.
_CODING = rb"((?:[ \t\f]*(?:#[^\n]*)?\n)??[ \t\f]*#[^\n]*?coding[:=][ \t]*)([-\w.]+)"


def plain(code: bytes) -> bytes:
    """Without a byte order mark, and with the line ends of the system: for every language."""
    return code.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def normalise(code: bytes) -> bytes:
    code = _in_utf8(plain(code))
    lines = code.split(b"\n")
    indent = _indent_of_first_statement(lines)
    if not indent:
        return code
    return b"\n".join(line.removeprefix(indent) for line in lines)


def _in_utf8(code: bytes) -> bytes:
    """The code came as Unicode and is UTF-8 here, whatever a comment says of the file that it was in once."""
    head = b"\n".join(code.split(b"\n", 2)[:2])
    if b"coding" not in head:
        return code
    import re
    found = re.compile(_CODING).match(head)
    return code if found is None else found[1] + b"utf-8" + code[found.end():]


def _indent_of_first_statement(lines: list[bytes]) -> bytes:
    for line in lines:
        statement = line.lstrip(b" \t\f")
        if statement and not statement.startswith(b"#"):
            return line[: len(line) - len(statement)]
    return b""
