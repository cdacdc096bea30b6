"""The exception that ended the code comes as data, and only ever says something about the code itself."""

import json
import unittest

from tests.container.sandbox import execute

FILE = "/home/sandbox/.exception.json"
FORGED = json.dumps({"type": "Forged", "message": "", "frames": [], "truncated": False})


class ExceptionTest(unittest.TestCase):
    def test_type_message_and_frames(self) -> None:
        result = execute("import json\n\ndef f(text):\n    return json.loads(text)\n\nf('{')\n")
        exception = result.exit["exception"]
        self.assertEqual((exception["type"], exception["truncated"]), ("json.decoder.JSONDecodeError", False))
        self.assertIn("line 1 column 2", exception["message"])
        self.assertEqual(exception["frames"][:2], [
            {"file": "main.py", "line": 6, "function": "<module>", "code": "f('{')"},
            {"file": "main.py", "line": 4, "function": "f", "code": "return json.loads(text)"}])
        self.assertEqual((exception["frames"][-1]["file"][-15:], exception["frames"][-1]["function"]), ("json/decoder.py", "raw_decode"))
        self.assertNotIn("supervisor", json.dumps(exception))

    def test_a_helper_that_fails_is_told_at_the_line_that_called_it(self) -> None:
        cases = {
            "load_file('missing.csv')": "FileNotFoundError",
            "open('a.json', 'w').write('{')\nload_file('a.json')": "json.decoder.JSONDecodeError",
            "import os\nimport matplotlib.pyplot as plt\nplt.plot([1])\nos.chmod('/mnt/data', 0o555)\nplt.show()": "PermissionError",
        }
        for code, kind in cases.items():
            with self.subTest(code):
                result = execute(code)
                frames = result.exit["exception"]["frames"]
                self.assertEqual(result.exit["exception"]["type"], kind)
                self.assertEqual([(frame["file"], frame["code"]) for frame in frames], [("main.py", code.splitlines()[-1])])
                self.assertNotIn("code_interpreter", result.stderr)
                self.assertIn(code.splitlines()[-1], result.stderr)

    def test_the_codes_own_lines_behind_a_helper_stay(self) -> None:
        result = execute(
            "import matplotlib.pyplot as plt\nax = plt.subplot()\nax.plot([1])\n"
            "def label(value, position):\n    return 1 / 0\nax.xaxis.set_major_formatter(label)\nplt.show()\n")
        frames = result.exit["exception"]["frames"]
        self.assertEqual((frames[0]["code"], frames[-1]["code"]), ("plt.show()", "return 1 / 0"))

    def test_which_endings_have_one(self) -> None:
        cases = {
            "1 / 0": "ZeroDivisionError", "raise KeyboardInterrupt": "KeyboardInterrupt", "x = (": "SyntaxError",
            "  x\n y": "IndentationError",
            "class Own(Exception): pass\nraise Own": "Own", "def f(): f()\nf()": "RecursionError", "raise MemoryError": "MemoryError",
            "raise ExceptionGroup('g', [ValueError()])": "ExceptionGroup", "import helper": "ModuleNotFoundError",
            "raise GeneratorExit": "GeneratorExit",
            "import sys\nsys.setrecursionlimit(10 ** 6)\ndef f(n): f(n - 1) if n else 1 / 0\nf(20_000)": "ZeroDivisionError",
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n1 / 0": "ZeroDivisionError",
            "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))\nx = bytearray(1 << 30)": "MemoryError",
            "import os\nos.umask(0o777)\n1 / 0": "ZeroDivisionError", "import os\nos.chdir('/')\n1 / 0": "ZeroDivisionError",
            "import sys\nsys.excepthook = lambda *_: None\n1 / 0": "ZeroDivisionError",
            "import sys\nsys.excepthook = lambda *_: sys.exit(3)\n1 / 0": "ZeroDivisionError",
            "import sys\nsys.excepthook = lambda *_: sys.exit(0)\n1 / 0": None,
            "": None, "raise SystemExit(3)": None, "import sys\nsys.exit('text')": None, "import os\nos._exit(1)": None,
            "import os\nos.abort()": None,
            "import os\nos.execv('/bin/false', ['false'])": None, "import os\nos.kill(os.getpid(), 2)\n"
            "while True: pass": "KeyboardInterrupt",
            "import threading\nthreading.Thread(target=lambda: 1 / 0).start()": None,
            "import os\nif os.fork() == 0: 1 / 0\nos.wait()\nraise SystemExit(3)": None,
        }
        for code, expected in cases.items():
            with self.subTest(code):
                result = execute(code)
                self.assertEqual((result.exit["exception"] or {}).get("type"), expected, result.stderr)

    def test_a_syntax_error_ends_with_its_place(self) -> None:
        exception = execute("x = 1\nprint(\n").exit["exception"]
        self.assertEqual((exception["type"], exception["message"]), ("SyntaxError", "'(' was never closed (main.py, line 2)"))
        self.assertEqual(exception["frames"], [{"file": "main.py", "line": 2, "function": "", "code": "print("}])

    def test_nothing_about_an_exception_changes_how_the_code_ends(self) -> None:
        kinds = {
            "def __str__(self): 1 / 0": "<exception str() failed>", "def __str__(self): raise SystemExit(7)": "<exception str() failed>",
            "def __str__(self): return 'x' * 3_000_000": "x" * 4096, "def __str__(self): return '\\ud800'": "\\ud800",
            "def __str__(self): return '\\0\\x1b[31m'": "\0\x1b[31m", "def __str__(self): return '\\U0001f600' * 9": "😀" * 9,
            "def __str__(self): return self.__str__()": "<exception str() failed>"}
        for act, message in kinds.items():
            with self.subTest(act):
                result = execute(f"open('a', 'w').write('x')\nclass Odd(Exception):\n    {act}\nraise Odd")
                self.assertEqual((result.exit["exit_code"], result.files), (1, {"a": b"x"}))
                self.assertEqual(result.exit["exception"]["message"], message)

    def test_a_file_that_is_none_is_no_exception(self) -> None:
        makings = {
            "a pipe": f"os.mkfifo('{FILE}')", "a folder": f"os.mkdir('{FILE}')", "a link": f"os.symlink('/etc/passwd', '{FILE}')",
            "an endless link": f"os.symlink('/dev/zero', '{FILE}')",
            "a huge file": f"os.truncate(os.open('{FILE}', os.O_CREAT | os.O_WRONLY), 1 << 40)",
            "a socket": f"socket.socket(socket.AF_UNIX).bind('{FILE}')", "a hard link": f"os.link('/home/sandbox/.code/main.py', '{FILE}')",
            "nonsense": f"open('{FILE}', 'w').write('[' * 60_000)", "a closed home": "os.chmod('/home/sandbox', 0)",
            "a full home": "\ntry: open('/home/sandbox/full', 'wb').write(bytes(65 << 20))\nexcept OSError: pass",
            "gone again": f"atexit.register(lambda: os.unlink('{FILE}'))",
            "changed": f"atexit.register(lambda: open('{FILE}', 'w').write('{{}}'))",
        }
        for name, making in makings.items():
            with self.subTest(name):
                result = execute(f"import atexit, os, socket\n{making}\nopen('a', 'w').write('x')\n1 / 0")
                self.assertEqual((result.exit["exit_code"], result.exit["exception"], result.files), (1, None, {"a": b"x"}))
                self.assertIn("ZeroDivisionError", result.stderr)

    def test_who_writes_the_file_only_lies_about_himself(self) -> None:
        write = f"open('{FILE}', 'w').write('''{FORGED}''')\n"
        for end, expected in (("", None), ("raise SystemExit(0)", None), ("raise SystemExit(3)", "Forged"), ("1 / 0", "Forged"),
                              ("import os\nos.abort()", "Forged")):
            with self.subTest(end):
                self.assertEqual((execute(write + end).exit["exception"] or {}).get("type"), expected)
        self.assertIsNone(execute(write + "while True: pass", wall_time_seconds=0.5).exit["exception"])

    def test_the_file_is_not_among_the_results(self) -> None:
        result = execute("1 / 0")
        self.assertEqual((result.files, result.skipped), ({}, {}))

    def test_a_long_traceback_is_short(self) -> None:
        exception = execute("def f(n):\n    f(n + 1)\nf(0)").exit["exception"]
        self.assertEqual((len(exception["frames"]), exception["truncated"]), (50, True))
        self.assertEqual(exception["frames"][0], {"file": "main.py", "line": 3, "function": "<module>", "code": "f(0)"})
