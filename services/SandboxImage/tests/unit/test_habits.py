import unittest

from code_interpreter.commands import translate_commands
from code_interpreter.habits import compile_by_habit, remove_invisible, take_from_fences, take_from_prompts


class InvisibleTest(unittest.TestCase):
    def test_it_goes_outside_of_strings_and_comments_only(self) -> None:
        for code, expected in (
                ("\u2068import math\u2069", "import math"), ("x\u200b = 1\u2060 + 2\ufeff", "x = 1 + 2"),
                ("if x:\n\u00a0\u00a0\u00a0\u00a0y()", "if x:\n    y()"),
                ("x\u00a0=\u202f1\u3000", "x = 1 "), ("'\u200b'", "'\u200b'"), ('f("""\u2068\n"""\u2069)', 'f("""\u2068\n""")'),
                ("# \u200b\n\u200bx", "# \u200b\nx"),
                (r"'it\'s \u00a0' + 1", r"'it\'s \u00a0' + 1"), ("\u2066    x = 1\n    y = 2\u2069", "x = 1\ny = 2"), ("a\u200eb", "ab")):
            with self.subTest(code):
                self.assertEqual(remove_invisible(code), expected)


class FenceTest(unittest.TestCase):
    def test_what_is_between_them_stays_in_its_line(self) -> None:
        for text, expected in (
                ("```python\nx = 1\n```", "\nx = 1\n"), ("```\nx\n```\n", "\nx\n\n"), ("~~~py\nx\n~~~", "\nx\n"),
                ("```{.python}\nx\n```", "\nx\n"),
                ("Here's how (it works:\n\n```Python\nx\n```\nDone.", "\n\n\nx\n\n"), ("```python\nx", "\nx"),
                ("x = 1\ny\n```", "x = 1\ny\n"),
                ("```bash\npip install x\n```\n```python\nx\n```\n```\nout\n```", "\n\n\n\nx\n\n\n\n"),
                ("```python\nx\n```\nand\n```python\ny\n```", "\nx\n\n\n\ny\n"),
                ("1. So:\n   ```py\n   if x:\n       y\n   ```", "\n\nif x:\n    y\n"), ("`print(1)`", "print(1)"),
                ("```print(1)```", "print(1)"),
                ("\n```py print(1)```", "\nprint(1)"), ("```py\nx\nprint(1)```", "\nx\nprint(1)"), ("`x = 1\ny = 2`\n", "x = 1\ny = 2"),
                ("x = 1", "x = 1"),
                ("```bash\nls\n```", "```bash\nls\n```")):
            with self.subTest(text):
                self.assertEqual(take_from_fences(text), expected)


class PromptTest(unittest.TestCase):
    def test_what_was_typed_stays_in_its_line(self) -> None:
        for text, expected in (
                (">>> x = 1\n>>> x\n1", "x = 1\nx\n"), (">>> def f():\n...     return 1\n...\n>>> f()\n1\n",
                    "def f():\n    return 1\n\nf()\n\n"),
                ("  >>> x\n  1", "x\n"), ("In [1]: x = 1\n\nIn [2]: for y in 'a':\n   ...:     x\n   ...: \nOut[2]: 1",
                                          "x = 1\n\nfor y in 'a':\n    x\n\n"),
                ("Python 3.12 on linux\n>>> x\n>>>", "\nx\n"), ("x = 1", "x = 1"), ("... # only\n>>> x", "\nx")):
            with self.subTest(text):
                self.assertEqual(take_from_prompts(text), expected)


class CommandTest(unittest.TestCase):
    def test_each_is_a_call_in_its_line(self) -> None:
        call = "get_ipython().{}".format
        for code, expected in (
                ("%matplotlib inline", call("run_line_magic('matplotlib', 'inline')")),
                ("if x:\n    %load_ext y", "if x:\n    " + call("run_line_magic('load_ext', 'y')")),
                ("!ls -l", call("system('ls -l')")), ("!!ls", call("system('ls')")), ("$ ls", call("system('ls')")),
                ("pip install x", call("system('pip install x')")),
                ("python -m pip install x", call("system('python -m pip install x')")), ("x = !ls", "x = " + call("getoutput('ls')")),
                ("x = %env HOME", "x = " + call("run_line_magic('env', 'HOME')")),
                ("%time x = f()", f"with {call('timed()')}: x = f()"), ("%timeit -n 10 -r3 f()", f"with {call('timed()')}: f()"),
                ("%time for x in y: z", "for x in y: z"),
                ("y = %time f()", "y = f()"), ("print?", "help(print)"), ("?os.path", "help(os.path)"),
                ("%%time\nx", call("run_line_magic('time', '')") + "\nx"),
                ("%%bash\nls\npwd", call("run_cell_magic('bash', '', 'ls\\npwd\\n')") + "\n\n"),
                ("x\n%%writefile a.py\ny\n# %%\nz", "x\n" + call("run_cell_magic('writefile', 'a.py', 'y\\n')") + "\n\n# %%\nz"),
                ("!a \\\n  b\nx", call("system('a \\\\\\n  b')") + "\n\nx"),
                ("!echo it's\n!ls", call("system(\"echo it's\")") + "\n" + call("system('ls')"))):
            with self.subTest(code):
                self.assertEqual(translate_commands(code), expected)

    def test_python_stays_as_it_is(self) -> None:
        for code in ("x = 5 \\\n% 3", "x = (5\n% 3)", "'''\n%matplotlib\n!ls\n'''", 'f("""\n!ls""", [\n%x])', "# it's\nx = '%d' % 1",
                     "x != y", "pip = 1", "'a\\\n%b'", "x = y ? 1", "a['%x']"):
            with self.subTest(code):
                self.assertEqual(translate_commands(code), code)


class CompileTest(unittest.TestCase):
    def read(self, text: str) -> object:
        return compile_by_habit(text, lambda reading: compile(reading, "main.py", "exec", dont_inherit=True),
                                SyntaxError("first", ("main.py", 0, 0, "")))

    def test_the_reading_that_changes_least_is_taken(self) -> None:
        text = "%matplotlib inline\nx = '''\n```python\n>>> y\n\u200b```\n'''"
        self.assertEqual(self.read(text)[0].split("\n")[1:], text.split("\n")[1:])
        self.assertEqual(self.read("```python\n>>> x = 1\n>>> !ls\n```")[0], "\nx = 1\nget_ipython().system('ls')\n")

    def test_the_error_is_that_of_the_reading_that_came_furthest(self) -> None:
        for text, line in (("%matplotlib inline\n\nx = (1\ny = 2\n", 3), ("So:\n```python\nx = 1\nif x\n```", 4), ("x = 1\ny = 1 +\n", 2)):
            with self.subTest(text):
                self.assertEqual(self.read(text).lineno, line)

    def test_typographic_quotes_are_named(self) -> None:
        for text, named in (("print(\u201chi\u201d)", ("\u201c (U+201C)", "\u201d (U+201D)")),
                            ("x = 1\nprint('hi\u2019)", ("\u2019 (U+2019)",))):
            for name in named:
                self.assertIn(name, self.read(text).msg)

    def test_a_long_text_that_is_no_code_is_no_trouble(self) -> None:
        self.assertIsInstance(self.read("It's (not \"code\" at all.\n" * 20_000 + "'''"), SyntaxError)
