"""However a program ends, it ends as it would under python3."""

import unittest

from tests.container.sandbox import execute


class EndingTest(unittest.TestCase):
    def test_exit_codes(self) -> None:
        cases = {
            "raise SystemExit": 0, "import sys; sys.exit(3)": 3, "raise SystemExit(True)": 1, "raise SystemExit(256)": 0,
            "raise SystemExit(-1)": 255, "raise SystemExit(2 ** 40)": 255, "import os; os._exit(7)": 7, "exit(5)": 5,
            "raise MemoryError": 1, "assert False": 1,
        }
        for code, expected in cases.items():
            with self.subTest(code):
                result = execute(code)
                self.assertEqual((result.exit["exit_code"], result.exit["signal"], result.exit["killed_by"]), (expected, None, None))

    def test_a_text_as_exit_code_goes_to_stderr(self) -> None:
        result = execute("import sys; sys.exit('no luck')")
        self.assertEqual((result.exit["exit_code"], result.stderr, result.stdout), (1, "no luck\n", ""))

    def test_signals(self) -> None:
        cases = {
            "import os; os.abort()": 6, "import ctypes; ctypes.string_at(0)": 11, "raise KeyboardInterrupt": 2,
            "import os; os.kill(os.getpid(), 9)": 9, "import os; os.kill(os.getpid(), 15)": 15, "import os; os.kill(os.getpid(), 8)": 8,
        }
        for code, expected in cases.items():
            with self.subTest(code):
                result = execute(code)
                self.assertEqual((result.exit["exit_code"], result.exit["signal"], result.exit["killed_by"]), (None, expected, None))

    def test_everything_that_runs_at_the_end_runs_in_order(self) -> None:
        result = execute(
            "import atexit, threading, time\n"
            "class Noisy:\n    def __del__(self): print('del', len.__name__, threading is not None)\n"
            "noisy = Noisy()\natexit.register(print, 'atexit')\n"
            "threading.Thread(target=lambda: (threading.Event().wait(0.1), print('thread'))).start()\nprint('main')\n")
        self.assertEqual(result.stdout, "main\nthread\natexit\ndel len True\n")
        self.assertEqual((result.stderr, result.exit["exit_code"]), ("", 0))

    def test_it_does_so_after_an_exception_too(self) -> None:
        result = execute(
            "import atexit\nclass Noisy:\n    def __del__(self): print('del')\ndef f(x):\n    y = Noisy()\n    x / 0\n"
            "noisy = Noisy()\natexit.register(print, 'atexit')\nf(1)")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("atexit\ndel\ndel\n", 1))

    def test_files_left_open_are_complete(self) -> None:
        for end in ("", "f()", "raise SystemExit(2)"):
            with self.subTest(end):
                result = execute(
                    f"import gzip\nout = open('text.txt', 'w'); out.write('text')\nraw = open('raw.bin', 'wb'); raw.write(b'raw')\n"
                    f"def f():\n    inner = open('inner.txt', 'w'); inner.write('inner'); f.self = f, inner; 1 / 0\n{end}")
                expected = {"text.txt": b"text", "raw.bin": b"raw", **({"inner.txt": b"inner"} if end == "f()" else {})}
                self.assertEqual(result.files, expected)

    def test_daemon_threads_are_left_behind_silently(self) -> None:
        result = execute(
            "import threading, time\ndef spin():\n    while True: time.sleep(0.001)\n"
            "threading.Thread(target=spin, daemon=True).start()\nout = open('a', 'w'); out.write('x')\nprint('end')\nraise SystemExit(4)")
        self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("end\n", "", 4))
        self.assertEqual(result.files, {"a": b"x"})

    def test_an_own_excepthook_is_used(self) -> None:
        result = execute("import sys\nsys.excepthook = lambda kind, error, trace: print('hook', kind.__name__, trace.tb_lineno)\n1 / 0")
        self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("hook ZeroDivisionError 3\n", "", 1))

    def test_a_closed_stdout_is_no_drama(self) -> None:
        result = execute("import sys\nprint('x')\nsys.stdout.close()")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("x\n", 0))

    def test_whatever_the_code_has_replaced(self) -> None:
        ends = {
            **dict.fromkeys((f"import builtins\nbuiltins.{name} = None" for name in
                             ("isinstance", "len", "print", "setattr", "getattr", "reversed", "type", "Exception", "BaseException")), 0),
            "import builtins\nbuiltins.__dict__.clear()": 0,
            "import builtins, sys\nbuiltins.isinstance = builtins.int = None\nsys.exit(3)": 3,
            "import gc\ngc.collect = gc.get_objects = None": 0,
            "import sys\nsys._current_frames = sys.modules = None": 0,
            "import os, atexit\nos._exit = os.kill = os.getpid = atexit._run_exitfuncs = None": 0,
            "import sys\nsys.addaudithook(lambda name, arguments: 1 / 0)": 0,
            "import sys\nsys.setrecursionlimit(5)": 0,
            "import sys\nsys.settrace(lambda *_: 1 / 0)": 0,
            "globals()[1] = 2": 0,
            "class A:\n    __class__ = property(lambda self: 1 / 0)\na = A()": 0,
            "import sys\nclass I(int):\n    def __lt__(self, other): raise ValueError\n"
            "    __le__ = __and__ = __index__ = __int__ = __lt__\nsys.exit(I(3))": 3,
            "class E(SystemExit):\n    code = property(lambda self: 1 / 0)\nraise E(3)": 1,
            "import sys\nclass A:\n    def __str__(self): raise ValueError\nsys.exit(A())": 1,
            "import sys\ndel sys.excepthook\nraise ValueError('v')": 1,
            "import sys\ndef hook(*_): raise KeyError('k')\nsys.excepthook = hook\nraise ValueError('v')": 1,
        }
        for code, expected in ends.items():
            with self.subTest(code):
                result = execute("print('x', flush=True)\n" + code)
                self.assertEqual((result.exit["exit_code"], result.stdout), (expected, "x\n"))
                self.assertNotIn("/opt/supervisor", result.stderr)

    def test_an_interrupt_stays_one_when_kill_is_replaced(self) -> None:
        self.assertEqual(execute("import os\nos.kill = None\nraise KeyboardInterrupt").exit["signal"], 2)

    def test_an_excepthook_that_fails_is_told_with_the_original(self) -> None:
        result = execute("import sys\ndef hook(*_): raise KeyError('k')\nsys.excepthook = hook\nraise ValueError('v')")
        self.assertEqual(result.stderr, """\
Error in sys.excepthook:
Traceback (most recent call last):
  File "/mnt/data/main.py", line 2, in hook
    def hook(*_): raise KeyError('k')
                  ^^^^^^^^^^^^^^^^^^^
KeyError: 'k'

Original exception was:
Traceback (most recent call last):
  File "/mnt/data/main.py", line 4, in <module>
    raise ValueError('v')
ValueError: v
""")

    def test_forked_children_end_for_themselves(self) -> None:
        result = execute("import os, sys\npid = os.fork()\nif pid == 0:\n    print('child'); sys.exit(3)\n"
                         "print('status', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("child\nstatus 3\n", 0))

    def test_deep_recursion_is_an_exception(self) -> None:
        result = execute("def f(): f()\nf()")
        self.assertEqual(result.exit["exit_code"], 1)
        self.assertIn("RecursionError", result.stderr)

    def test_a_program_that_replaces_itself_is_followed(self) -> None:
        result = execute("import os\nos.execv('/bin/sh', ['sh', '-c', 'echo new; exit 9'])")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("new\n", 9))
