"""The code sees what it would see under `python3 main.py`."""

import unittest

from tests.container.sandbox import UID, Sandbox, execute


class ProgramTest(unittest.TestCase):
    def assert_prints(self, code: str, expected: str, **request) -> None:
        result = execute(code, **request)
        self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), (expected, "", 0))

    def test_it_looks_like_python3_main_py(self) -> None:
        self.assert_prints(
            "import os, sys\n"
            "print(__name__, __file__, sys.argv, sys.path[0], os.getcwd(), os.getuid(), os.getgid(), os.getgroups(), __spec__)\n"
            "print([name for name in sys.modules if 'supervisor' in name], [path for path in sys.path if 'opt' in path])\n"
            "print(sorted(os.listdir('/proc/self/fd'))[:3], os.umask(0), os.getsid(0) == os.getpid(), os.listdir('.'))\n",
            f"__main__ /mnt/data/main.py ['main.py', 'a', 'b c'] /mnt/data /mnt/data {UID} {UID} [] None\n[] []\n"
            "['0', '1', '2'] 18 True ['main.py']\n", args=("a", "b c"))

    def test_it_has_an_account_whatever_its_number(self) -> None:
        look = (
            "import getpass, grp, os, pwd, subprocess\nprint(os.getuid(), os.getgid(), os.stat('/mnt/data').st_uid, "
            "pwd.getpwuid(os.getuid()).pw_name,"
            " pwd.getpwnam('sandbox').pw_uid, grp.getgrgid(os.getgid()).gr_name, getpass.getuser(), os.path.expanduser('~sandbox'),"
            " os.path.expanduser('~'))\nopen('x', 'w').close()\nsubprocess.run('whoami; id -un; stat -c %U:%G x; ls -l / > /dev/null', "
            "shell=True)\n"
            "for name in ('passwd', 'group'):\n    try: open('/run/sandbox/' + name, 'a')\n    except PermissionError: pass\n")
        for uid in (1000, 20_000, UID, (1 << 32) - 2):
            with self.subTest(uid), Sandbox(uid=uid) as sandbox:
                result = sandbox.execute(look)
                self.assertEqual((result.stdout, result.stderr), (
                    f"{uid} {uid} {uid} sandbox {uid} sandbox sandbox /home/sandbox /home/sandbox\nsandbox\nsandbox\nsandbox:sandbox\n",
                    ""))

    def test_the_supervisor_cannot_be_imported(self) -> None:
        self.assert_prints(
            "for name in ('supervisor', 'frames', 'service'):\n"
            "    try: __import__(name); print('found', name)\n"
            "    except ImportError: pass\n", "")

    def test_the_environment_is_small_and_clean(self) -> None:
        result = execute("import os\nprint(*sorted(os.environ))")
        self.assertEqual(result.stdout.split(), [
            "HOME", "LANG", "LOGNAME", "MPLBACKEND", "MPLCONFIGDIR", "NUMEXPR_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
            "PATH", "PWD", "PYTHONDONTWRITEBYTECODE", "USER"])

    def test_a_traceback_starts_with_the_code(self) -> None:
        result = execute("def f():\n    return 1 / 0\n\nf()\n")
        self.assertEqual(result.exit["exit_code"], 1)
        lines = result.stderr.splitlines()
        self.assertEqual(lines[:3], ["Traceback (most recent call last):", '  File "/mnt/data/main.py", line 4, in <module>', "    f()"])
        self.assertEqual(lines[-1], "ZeroDivisionError: division by zero")
        self.assertNotIn("supervisor", result.stderr)

    def test_a_syntax_error_shows_the_line_and_nothing_else(self) -> None:
        result = execute("x = 1\nprint(\n")
        self.assertEqual(result.exit["exit_code"], 1)
        self.assertTrue(result.stderr.startswith('  File "/mnt/data/main.py", line 2\n    print(\n'), result.stderr)
        self.assertTrue(result.stderr.endswith("SyntaxError: '(' was never closed\n"), result.stderr)

    def test_pasted_code_runs(self) -> None:
        self.assert_prints("\ufeff    x = 1\r\n    if x:\r\n        print('é', x)\r\n", "é 1\n")

    def test_a_zero_byte_is_a_syntax_error(self) -> None:
        self.assertIn("SyntaxError", execute(b"print(1)\0").stderr)

    def test_empty_code_succeeds(self) -> None:
        self.assert_prints("", "")

    def test_every_way_of_multiprocessing_works(self) -> None:
        self.assert_prints(
            "import multiprocessing\n\ndef square(x):\n    return x * x\n\nif __name__ == '__main__':\n"
            "    for method in (None, 'fork', 'spawn', 'forkserver'):\n"
            "        with multiprocessing.get_context(method).Pool(4) as pool:\n            print(sum(pool.map(square, range(100))))\n",
            "328350\n" * 4)

    def test_process_pools_and_threads_work(self) -> None:
        self.assert_prints(
            "import concurrent.futures as f\n\ndef cube(x):\n    return x ** 3\n\nif __name__ == '__main__':\n"
            "    for kind in (f.ThreadPoolExecutor, f.ProcessPoolExecutor):\n"
            "        with kind(2) as pool:\n            print(list(pool.map(cube, range(4))))\n", "[0, 1, 8, 27]\n" * 2)

    def test_classes_of_main_can_be_pickled_and_their_source_read(self) -> None:
        self.assert_prints(
            "import inspect, pickle\n\nclass Point:\n    x = 1\n\nprint(type(pickle.loads(pickle.dumps(Point()))) is Point)\n"
            "print(inspect.getsource(Point), end='')\n", "True\nclass Point:\n    x = 1\n")

    def test_subprocesses_work(self) -> None:
        self.assert_prints(
            "import subprocess, sys\nprint(subprocess.check_output([sys.executable, '-c', 'print(load_file)'], text=True)[:9])\n"
            "print(subprocess.run('echo $HOME; exit 3', shell=True).returncode)", "<function\n/home/sandbox\n3\n")

    def test_modules_in_the_working_directory_can_be_imported(self) -> None:
        self.assert_prints("import helper\nprint(helper.x)", "7\n", files=(("helper.py", "id", b"x = 7"),))

    def test_the_code_can_be_imported_by_its_name(self) -> None:
        self.assert_prints("import sys\nimport main\nprint(__name__, sys.modules['main'] is main, main.__file__)",
                           "main True /mnt/data/main.py\n__main__ True /mnt/data/main.py\n")
        self.assert_prints("import main\nprint(main.x)", "7\n", files=(("main.py", "id", b"x = 7"),))

    def test_code_is_unicode_whatever_a_comment_says(self) -> None:
        self.assert_prints("# coding: latin-1\nprint('é→')\n", "é→\n")
        self.assertIn("raise Exception('é→')", execute("# coding: cp1252\nraise Exception('é→')\n").stderr)

    def test_the_usual_tools_are_there(self) -> None:
        self.assert_prints(
            "import shutil, subprocess\nprint([name for name in ('python', 'python3', 'pip', 'pip3', 'zip', 'unzip', 'xz') if not "
            "shutil.which(name)])\n"
            "run = lambda command: subprocess.run(command, shell=True, capture_output=True, text=True)\n"
            "print(run('echo text > a; zip -q a.zip a; rm a; unzip -q a.zip; xz a; unxz a.xz; cat a; rm a a.zip').stdout, end='')\n"
            "print('numpy' in run('pip list').stdout, run('python -m pip install pandas').returncode)\n"
            "failed = run('pip install no-such-package')\nprint(failed.returncode, 'no network' in failed.stderr, 'numpy' in "
            "failed.stderr)\n",
            "[]\ntext\nTrue 0\n1 True True\n")

    def test_a_file_named_like_a_module_of_the_supervisor_changes_nothing_for_it(self) -> None:
        files = tuple((name, name, b"raise SystemExit(99)") for name in ("hashlib.py", "json.py", "stat.py", "unicodedata.py"))
        self.assert_prints("print('fine')", "fine\n", files=files)

    def test_two_sandboxes_draw_different_numbers(self) -> None:
        code = "import random, numpy\nprint(random.random(), numpy.random.rand(), numpy.random.randint(10 ** 9))"
        first, second = execute(code, "data").stdout.split(), execute(code, "data").stdout.split()
        self.assertEqual(len(first), 3)
        for one, other in zip(first, second):
            self.assertNotEqual(one, other)

    def test_standard_input_is_delivered_and_ends(self) -> None:
        data = b"line 1\n" + b"x" * 300_000
        self.assert_prints("import sys\nprint(input(), len(sys.stdin.read()), sys.stdin.read())", "line 1 300000 \n", stdin=data)

    def test_standard_input_that_nobody_reads_is_no_problem(self) -> None:
        self.assert_prints("import sys\nsys.stdin.close()\nprint('done')", "done\n", stdin=b"x" * 1_000_000)

    def test_input_without_standard_input_is_an_eof_error(self) -> None:
        result = execute("input('name? ')")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("name? ", 1))
        self.assertIn("EOFError", result.stderr)
