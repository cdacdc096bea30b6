"""Writes the examples of docstrings as programs, one a line, as JSON: [name, code]. It runs in the sandbox image, whose libraries it reads.

Nothing is imported: what is in a file is enough to find its docstrings.
"""

import ast
import doctest
import importlib.util
import json
import pathlib
from collections.abc import Iterator

# What the documentation of each library takes for granted at the top of an example. In pandas this is the module of the docstring, too.
BEFORE = {
    "pandas": "import numpy as np\nimport pandas as pd\nfrom {module} import *\n",
    "sympy": "",
    "sklearn": "import numpy as np\n",
    "scipy": "import numpy as np\n",
}
LEFT_OUT = {"tests", "externals", "benchmarks"}
PROMPT = ">>>"
PARSER = doctest.DocTestParser()


def main() -> None:
    for library, before in BEFORE.items():
        found = importlib.util.find_spec(library)
        if found is None or found.origin is None:
            continue
        root = pathlib.Path(found.origin).parent
        for path in sorted(root.rglob("*.py")):
            folders = path.relative_to(root).parts[:-1]
            if not any(folder.startswith("_") or folder in LEFT_OUT for folder in folders):
                module = ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
                for name, docstring in docstrings(ast.parse(path.read_text(encoding="utf-8")), module):
                    if code := program(docstring):
                        print(json.dumps([f"{library}/docstrings/{name.removeprefix(library + '.')}", before.format(module=module) + code]))


def docstrings(node: ast.AST, name: str) -> Iterator[tuple[str, str]]:
    """The docstrings with prompts of a module, its public classes, and the public functions of both."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
        docstring = ast.get_docstring(node)
        # Doubled braces are those of a template, which the library fills in when it is imported.
        if docstring and PROMPT in docstring and "{{" not in docstring:
            yield name, docstring
    if isinstance(node, ast.Module | ast.ClassDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
                yield from docstrings(child, f"{name}.{child.name}")


def program(docstring: str) -> str:
    """The statements that are meant to run and to end well, as one program; empty when they are none by themselves."""
    try:
        examples = PARSER.get_examples(docstring)
        code = "".join(example.source for example in examples if example.exc_msg is None and not example.options.get(doctest.SKIP))
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return ""
    # At a prompt, `_` is the value of the line before.
    continued = any(isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Load) for node in ast.walk(tree))
    return "" if continued else code


if __name__ == "__main__":
    main()
