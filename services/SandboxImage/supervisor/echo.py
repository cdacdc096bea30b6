"""Lets code end like a cell of a notebook: the value of a last expression is shown."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from types import CodeType

_SEMICOLON = rb"(?:[ \t\f]|\\\n)*;"


def compile_with_echo(source: bytes, path: str, flags: int = 0) -> list[CodeType]:
    """The code in one or two parts, the second one a last expression whose value goes to `sys.displayhook`."""
    import ast
    tree = compile(source, path, "exec", ast.PyCF_ONLY_AST | flags, dont_inherit=True)
    if not tree.body or not isinstance(tree.body[-1], ast.Expr) or _is_silenced(source, tree.body[-1]):
        return [compile(tree, path, "exec", flags, dont_inherit=True)]
    last = tree.body.pop()
    # Both before anything runs: an error in the last line is one of the whole.
    return [compile(tree, path, "exec", flags, dont_inherit=True),
            compile(ast.Interactive([last]), path, "single", flags, dont_inherit=True)]


def _is_silenced(source: bytes, last: ast.Expr) -> bool:
    import re
    from importlib.util import decode_source
    lines = decode_source(source).split("\n")[last.end_lineno - 1:]
    return re.compile(_SEMICOLON).match("\n".join(lines).encode(), last.end_col_offset) is not None
