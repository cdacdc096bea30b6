import contextlib
import io
import unittest

from supervisor.echo import compile_with_echo


def shown(code: str | bytes) -> str:
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as output:
        for part in compile_with_echo(code if isinstance(code, bytes) else code.encode(), "main.py"):
            exec(part, names)
    return output.getvalue()


class EchoTest(unittest.TestCase):
    def test_the_value_of_a_last_expression_is_shown(self) -> None:
        for code, expected in (
                ("1 + 1", "2\n"), ("x = 3\nx", "3\n"), ("x = 3; x", "3\n"), ("'a'", "'a'\n"), ("'''doc\n'''", "'doc\\n'\n"),
                ("(1,\n 2)", "(1, 2)\n"),
                ("1\n2\n3", "3\n"), ("5  # five;", "5\n"), ("5\n# ;\n\n", "5\n"), ("';'", "';'\n"), ("'ü😀;'", "'ü😀;'\n"),
                ("(5\n# ;\n)", "5\n"),
                ("[x for x in 'ab']", "['a', 'b']\n"), ("(x := 4)", "4\n"), ("print(1)\n2", "1\n2\n")):
            with self.subTest(code):
                self.assertEqual(shown(code), expected)

    def test_anything_else_is_not(self) -> None:
        for code in ("", "# nothing", "x = 1", "None", "1;", "1 ;", "1; # two", "1 \\\n ;", "(1\n);", "'ü😀';", "if True:\n    1",
                     "1\nx = 2", "def f(): 1", "1;\n\n"):
            with self.subTest(code):
                self.assertEqual(shown(code), "")

    def test_other_encodings_are_measured_as_they_are(self) -> None:
        for text, expected in (("'é'", "'é'\n"), ("'é';", ""), ("'éé' ;", "")):
            with self.subTest(text):
                self.assertEqual(shown(b"# coding: latin-1\n" + text.encode("latin-1")), expected)

    def test_errors_are_those_of_the_whole_code_before_anything_runs(self) -> None:
        for code in ("print(1)\nreturn 5", "print(1)\n(yield)", "print(1)\n(", "print(1)\0"):
            with self.subTest(code), self.assertRaises(SyntaxError):
                self.assertEqual(shown(code), "")
