"""Code as people paste it: from notebooks, chats and interactive sessions. What is Python runs as ever."""

import unittest

from tests.container.sandbox import Result, execute


def echo(code: str, profile: str = "bare") -> Result:
    return execute(code, profile, options={"echo": True})


class HabitsTest(unittest.TestCase):
    def assert_prints(self, code: str, expected: str, stderr: str = "") -> None:
        """With and without echo."""
        for result in (execute(code), echo(code)):
            self.assertEqual((result.stdout, result.exit["exit_code"], result.stderr), (expected, 0, stderr))


class PastedTest(HabitsTest):
    def test_invisible_characters(self) -> None:
        self.assert_prints("\u2068import math\nprint(math.factorial(5))\u2069", "120\n")
        self.assert_prints("if True:\n\u00a0\u00a0\u00a0\u00a0print('\u200b' == '\\u200b')\u200b", "True\n")

    def test_fences_and_the_words_around_them(self) -> None:
        self.assert_prints("Here's what (you asked for:\n\n```python\nprint(1)\n```\nIt prints 1.", "1\n")
        self.assert_prints("```py\nprint(2)```", "2\n")

    def test_prompts(self) -> None:
        self.assert_prints(">>> def f(x):\n...     return x + 1\n...\n>>> print(f(1))\n2\n", "2\n")
        self.assert_prints("In [1]: x = 3\n\nIn [2]: print(x)\n3\n", "3\n")

    def test_an_echo_works_on_what_was_understood(self) -> None:
        self.assertEqual(echo("```python\n>>> x = 20\n>>> x + 1\n21\n```").stdout, "21\n")

    def test_lines_of_tracebacks_are_those_that_were_sent(self) -> None:
        code = "Look:\n```python\ndef f():\n    return 1 / 0\n\nf()\n```"
        result = execute(code)
        self.assertEqual([(frame["line"], frame["code"]) for frame in result.exit["exception"]["frames"]],
                         [(6, "f()"), (4, "return 1 / 0")])
        self.assertIn('File "/mnt/data/main.py", line 4, in f\n    return 1 / 0\n           ~~^~~\n', result.stderr)

    def test_an_error_of_the_code_is_told_and_nothing_else(self) -> None:
        result = execute("%matplotlib inline\nx = 1\nif x\n    print(x)\n")
        self.assertEqual(result.stderr, '  File "/mnt/data/main.py", line 3\n    if x\n        ^\nSyntaxError: expected \':\'\n')
        self.assertEqual((result.exit["exception"]["type"], result.exit["exception"]["frames"][-1]["line"]), ("SyntaxError", 3))

    def test_typographic_quotes_are_named(self) -> None:
        message = execute("print(\u201chello\u201d)").exit["exception"]["message"]
        self.assertIn("\u201c (U+201C) and \u201d (U+201D) in this line are no quotation mark of Python", message)

    def test_code_that_compiles_is_not_looked_at(self) -> None:
        self.assert_prints("text = '''\n```python\n%matplotlib inline\n>>> x\n\u200b```'''\nprint(len(text))\nimport sys\n"
                           "print('code_interpreter.habits' in sys.modules)", "40\nFalse\n")


class NotebookTest(HabitsTest):
    def test_magics_cost_a_note_each(self) -> None:
        self.assert_prints("%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%autoreload 2\nprint(1)", "1\n", (
            "note: %matplotlib is ignored: this is not a notebook\nnote: %load_ext is ignored: this is not a notebook\n"
            "note: %autoreload is ignored: this is not a notebook\n"))

    def test_the_chart_of_a_notebook_comes_back(self) -> None:
        result = echo("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()\n")
        self.assertEqual((list(result.files), result.exit["exit_code"]), (["figure-1.png"], 0))

    def test_statements_are_run_and_timed(self) -> None:
        result = execute("%time x = sum(range(10))\n%timeit -n 3 print(x)\nprint(x)\n%%time\nprint('cell')")
        self.assertRegex(result.stdout, r"\AWall time: \S+ s\n45\nWall time: \S+ s\n45\ncell\n\Z")

    def test_commands_run_as_in_a_shell_and_in_order(self) -> None:
        self.assert_prints("name = 'a b'\nprint('first')\n!echo {name} $name $HOME\nprint('then')\nfiles = !ls /usr/share/sandbox\n"
                           "print(files)\n!false\nprint(_exit_code)",
                           "first\na b a b /home/sandbox\nthen\n['group', 'passwd']\n1\n")

    def test_cells_of_other_kinds(self) -> None:
        result = execute("%%writefile helper.py\nx = 7\n# %%\nimport helper\nprint(helper.x)\n%cd /tmp\n%env GREETING=hi\n%%bash\npwd\n"
                         "echo $GREETING\n")
        self.assertEqual((result.stdout, result.stderr, result.files), ("7\n/tmp\n/tmp\nhi\n", "", {"helper.py": b"x = 7\n"}))

    def test_installing_is_answered(self) -> None:
        for line in ("!pip install no-such-thing", "%pip install no-such-thing", "pip install no-such-thing",
                     "!python -m pip install -q no-such-thing"):
            with self.subTest(line):
                result = execute(f"{line}\nprint('on')")
                self.assertEqual((result.stdout, result.exit["exit_code"]), ("on\n", 0))
                for part in ("no-such-thing is not installed", "Installed packages: ", "numpy",
                             "note: packages cannot be installed while code runs: "):
                    self.assertIn(part, result.stderr)
        result = execute("!pip install numpy pandas\nprint('on')")
        self.assertEqual((result.stderr, result.stdout.splitlines()[-1]), ("", "on"))

    def test_an_exported_notebook_runs(self) -> None:
        self.assert_prints("get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('echo hi')", "hi\n",
                           "note: %matplotlib is ignored: this is not a notebook\n")

    def test_other_code_does_not_take_this_for_a_notebook(self) -> None:
        self.assert_prints("try:\n    print(get_ipython().__class__.__name__)\nexcept NameError:\n    print('a script')", "a script\n")

    def test_help_is_given(self) -> None:
        self.assertIn("len(obj, /)", execute("len?\nprint(1)").stdout)


class AwaitTest(HabitsTest):
    def test_code_awaits_on_its_own(self) -> None:
        self.assert_prints("import asyncio\nasync def fetch(n):\n    await asyncio.sleep(0.01)\n    return n * 2\nprint(await fetch(21))",
                           "42\n")
        self.assert_prints("import asyncio\nasync def items():\n    yield 1\nasync for x in items():\n    print(x)\n"
                           "print([y async for y in items()])", "1\n[1]\n")

    def test_its_last_value_is_shown(self) -> None:
        self.assertEqual(echo("import asyncio\nx = await asyncio.sleep(0, 4)\nawait asyncio.sleep(0, x + 1)").stdout, "5\n")

    def test_tasks_go_on_between_its_parts(self) -> None:
        self.assertEqual(echo("import asyncio\ntask = asyncio.create_task(asyncio.sleep(0.01, 'done'))\nawait asyncio.sleep(0)\n"
                              "await task").stdout, "'done'\n")

    def test_its_tracebacks_start_with_the_code(self) -> None:
        result = execute("import asyncio\nawait asyncio.sleep(0)\nasync def f():\n    1 / 0\nawait f()")
        self.assertEqual([(frame["file"], frame["line"]) for frame in result.exit["exception"]["frames"]], [("main.py", 5), ("main.py", 4)])
        self.assertNotIn("asyncio/", result.stderr)
        self.assertEqual(execute("import asyncio, sys\nawait asyncio.sleep(0)\nsys.exit(3)").exit["exit_code"], 3)

    def test_code_with_a_loop_of_its_own_has_it(self) -> None:
        self.assert_prints("import asyncio\nasync def main():\n    return sum(await asyncio.gather(*(asyncio.sleep(0.01, n) for n in "
                           "range(5))))\nprint(asyncio.run(main()))", "10\n")


class WorkersTest(HabitsTest):
    def test_workers_need_no_guard(self) -> None:
        self.assert_prints("from multiprocessing import Pool\ndef square(n):\n    return n * n\nwith Pool(2) as pool:\n"
                           "    print(pool.map(square, [1, 2, 3]))", "[1, 4, 9]\n")
        self.assert_prints("from concurrent.futures import ProcessPoolExecutor as Pool\ndef cube(n):\n    return n ** 3\n"
                           "with Pool(2) as pool:\n    print(list(pool.map(cube, range(4))))", "[0, 1, 8, 27]\n")
        self.assert_prints("import multiprocessing as mp\ntotal = [1]\nqueue = mp.Queue()\n"
                           "worker = mp.Process(target=lambda: queue.put(total[0] + 1))\n"
                           "worker.start(); print(queue.get()); worker.join()", "2\n")

    def test_workers_need_no_guard_beside_numpy_and_pandas(self) -> None:
        result = execute("import numpy as np, pandas as pd\nfrom multiprocessing import Pool\ntable = pd.DataFrame({'x': range(1000)})\n"
                         "def part(n):\n"
                         "    return float((np.ones((200, 200)) @ np.ones((200, 200)))[0, 0] + table.x.sum() * n)\nwith Pool(4) as pool:\n"
                         "    print(pool.map(part, range(3)))", "data")
        self.assertEqual((result.stdout, result.stderr), ("[200.0, 499700.0, 999200.0]\n", ""))

    def test_guarded_code_and_any_way_of_starting_work_on(self) -> None:
        self.assert_prints(
            "import multiprocessing as mp\nfrom multiprocessing import Lock, Process, Queue, Value\ndef add(queue, lock, total):\n"
            "    with lock:\n        total.value += 1\n"
            "    queue.put('in')\nif __name__ == '__main__':\n    for method in (None, 'spawn', 'forkserver'):\n"
            "        context = mp.get_context(method)\n"
            "        queue, lock, total = context.Queue(), context.Lock(), context.Value('i', 0)\n"
            "        workers = [context.Process(target=add, args=(queue, lock, total)) for _ in range(3)]\n"
            "        for worker in workers: worker.start()\n        for worker in workers: worker.join()\n"
            "        print(total.value, [queue.get() for _ in workers])",
            "3 ['in', 'in', 'in']\n" * 3)
