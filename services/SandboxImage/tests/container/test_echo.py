"""With echo, the last expression is shown; everything else is as without."""

import unittest

from tests.container.sandbox import Result, execute


def echo(code: str, profile: str = "bare") -> Result:
    return execute(code, profile, options={"echo": True})


class EchoTest(unittest.TestCase):
    def test_it_happens_only_when_asked_for(self) -> None:
        self.assertEqual((execute("1 + 1").stdout, execute("1 + 1", options={"echo": False}).stdout, echo("1 + 1").stdout), ("", "", "2\n"))

    def test_the_hook_of_the_interpreter_is_used(self) -> None:
        self.assertEqual(echo("import atexit\natexit.register(lambda: print('later', _))\n'value'").stdout, "'value'\nlater value\n")
        self.assertEqual(echo("import sys\nsys.displayhook = lambda value: print('hook', value)\n7").stdout, "hook 7\n")
        self.assertEqual(echo("None").stdout, "")

    def test_tables_are_shown(self) -> None:
        self.assertEqual(echo("import pandas as pd\npd.DataFrame({'x': [1, 2]})", "data").stdout, "   x\n0  1\n1  2\n")

    def test_it_still_is_a_program_of_its_own_file(self) -> None:
        result = echo("import inspect, pickle\n\nclass Point:\n    x = 1\n\nprint(__name__, __file__, inspect.getsource(Point), end='')\n"
                      "type(pickle.loads(pickle.dumps(Point()))) is Point")
        self.assertEqual(result.stdout, "__main__ /mnt/data/main.py class Point:\n    x = 1\nTrue\n")

    def test_tracebacks_and_warnings_are_the_same_with_and_without(self) -> None:
        for code in ("def f():\n    return 1 / 0\n\n\nf()\n", "x = 1\nx.y", "print(\n", "print(1)\n  2", "return 5", "'\\d' is 3\n1 / 0",
                     "import sys\nsys.exit(3)", "raise KeyboardInterrupt", "x = [\n    1,\n    (lambda: nope)(),\n]", "def f(): f()\nf()",
                     "print(1)\0"):
            with self.subTest(code):
                plain, shown = execute(code), echo(code)
                self.assertNotEqual((plain.exit["exit_code"], plain.stderr), (0, ""))
                self.assertEqual((shown.stdout, shown.stderr), (plain.stdout, plain.stderr))
                for key in ("exit_code", "signal", "exception"):
                    self.assertEqual(shown.exit[key], plain.exit[key])

    def test_a_hostile_value_is_the_code_s_own_affair(self) -> None:
        shown = "class A:\n    def __repr__(self): {}\nA()"
        for act, stdout, code in (("1 / 0", "", 1), ("print('in'); return 'A!'", "in\nA!\n", 0), ("return 7", "", 1),
                                  ("raise SystemExit(4)", "", 4),
                                  ("import os; os._exit(5)", "", 5), ("return '\\ud800'", "'", None),
                                  ("return 'x' * 300_000", "x" * 300_000 + "\n", 0)):
            with self.subTest(act):
                result = echo(shown.format(act))
                if code is not None:
                    self.assertEqual((result.stdout, result.exit["exit_code"]), (stdout, code), result.stderr)
        frames = echo(shown.format("1 / 0")).exit["exception"]["frames"]
        self.assertEqual([(frame["line"], frame["function"]) for frame in frames], [(3, "<module>"), (2, "__repr__")])

    def test_the_value_is_taken_apart_at_the_end(self) -> None:
        result = echo("class A:\n    def __repr__(self): return 'A'\n    def __del__(self): print('del')\nA()")
        self.assertEqual(result.stdout, "A\ndel\n")

    def test_a_long_sum_is_no_worse_than_without(self) -> None:
        self.assertEqual(echo("+".join(["1"] * 5000)).stdout, "5000\n")
