"""Makes pasted code runnable: byte order mark, line ends, and an indent that all of it has."""


def normalise(code: bytes) -> bytes:
    code = code.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = code.split(b"\n")
    indent = _indent_of_first_statement(lines)
    if not indent:
        return code
    return b"\n".join(line.removeprefix(indent) for line in lines)


def _indent_of_first_statement(lines: list[bytes]) -> bytes:
    for line in lines:
        statement = line.lstrip(b" \t\f")
        if statement and not statement.startswith(b"#"):
            return line[: len(line) - len(statement)]
    return b""
