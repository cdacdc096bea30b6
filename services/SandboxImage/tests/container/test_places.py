"""The code finds itself where its files are, and what it leaves elsewhere is named."""

import unittest

from tests.container.sandbox import execute

_HERE = "import os, pathlib, sys\nhere = pathlib.Path(os.path.dirname(os.path.abspath(__file__)))\n"
_WORKERS = (
    "import multiprocessing as mp, pathlib\n\nBASE = {base}\n\ndef f(x):\n    return x * x, BASE\n\n\ndef g(x):\n    raise ValueError(x)\n"
    "\n\n"
    "if __name__ == '__main__':\n    for method in ('fork', 'spawn', 'forkserver'):\n        with mp.get_context(method).Pool(2) as pool:\n"
    "            print(pool.map(f, [1, 2]))\n"
    "            try:\n                pool.map(g, [1])\n"
    "            except ValueError as error:\n                print('    raise ValueError(x)' in str(error.__cause__))\n")


class PlacesTest(unittest.TestCase):
    def test_a_script_that_keeps_its_files_beside_itself_finds_inputs_and_returns_outputs(self) -> None:
        for prepared in (False, True):
            result = execute(
                _HERE + "print(here, sys.path[0], os.getcwd(), (here / 'in.ini').read_text(), sys.argv)\n"
                "(here / 'out.txt').write_text('kept')",
                files=(("in.ini", "id", b"a=1"),), prepared=prepared)
            self.assertEqual((result.stdout, result.stderr), ("/mnt/data /mnt/data /mnt/data a=1 ['main.py']\n", ""))
            self.assertEqual(result.files, {"out.txt": b"kept"})

    def test_code_that_asks_for_its_own_file_can_read_and_start_it(self) -> None:
        result = execute(
            "import subprocess, sys\nif len(sys.argv) > 1: sys.exit(7)\nprint(open(__file__).readline(), end='')\n"
            "print(subprocess.run([sys.executable, __file__, 'again']).returncode, subprocess.run([sys.executable, *sys.argv, "
            "'x']).returncode)")
        self.assertEqual((result.stdout, result.stderr, result.files), ("import subprocess, sys\n7 7\n", "", {}))
        changed = execute("open(__file__, 'a').write('#')")
        self.assertEqual((changed.files, changed.modified_from), ({"main.py": b"open(__file__, 'a').write('#')#"}, {"main.py": None}))

    def test_other_code_is_alone_with_its_inputs(self) -> None:
        result = execute("import os\nprint(os.listdir('.'))", files=(("a.csv", "id", b"1"),))
        self.assertEqual(result.stdout, "['a.csv']\n")

    def test_an_output_called_as_the_code_is_comes_back(self) -> None:
        self.assertEqual(execute("open('main.py', 'w').write('x = 1')").files, {"main.py": b"x = 1"})

    def test_an_input_called_as_the_code_is_stays_what_it_is(self) -> None:
        result = execute(
            "import main\nprint(main.x, open('main.py').read(), main.__file__)\nmain.f()\n# __file__",
            files=(("main.py", "id", b"x = 7\ndef f(): 1 / 0"),))
        self.assertEqual((result.stdout, result.files), ("7 x = 7\ndef f(): 1 / 0 /mnt/data/main.py\n", {}))
        self.assertEqual(
            [(frame["file"], frame["code"]) for frame in result.exit["exception"]["frames"]],
            [("main.py", "main.f()"), ("/mnt/data/main.py", "def f(): 1 / 0")])
        self.assertIn('"/mnt/data/main (2).py", line 3, in <module>\n    main.f()\n', result.stderr)

    def test_workers_find_the_code_however_they_are_started(self) -> None:
        for base in ("1", "pathlib.Path(__file__).parent.name"):
            for files in ((), (("main.py", "id", b"raise SystemExit('another file')"),)):
                result = execute(_WORKERS.format(base=base), files=files)
                expected = repr([(1, 1), (4, 1)] if base == "1" else [(1, "data"), (4, "data")]) + "\nTrue\n"
                self.assertEqual((result.stdout, result.stderr), (expected * 3, ""))

    def test_a_script_of_its_own_with_workers_is_not_taken_for_the_code(self) -> None:
        script = _WORKERS.format(base="'of the script'")
        result = execute(f"import subprocess, sys\nopen('main.py', 'w').write({script!r})\nsubprocess.run([sys.executable, 'main.py'])")
        self.assertEqual((result.stdout, result.stderr), (f"{[(1, 'of the script'), (4, 'of the script')]}\nTrue\n" * 3, ""))

    def test_the_source_of_the_code_can_be_read(self) -> None:
        result = execute("import inspect, sys\nclass A:\n    x = 1\ndef f():\n    return inspect.getsource(A)\n"
                         "print(f(), inspect.getsource(f))\n"
                         "print(len(inspect.getsource(sys.modules['__main__']).splitlines()))")
        self.assertEqual((result.stdout, result.stderr), ("class A:\n    x = 1\n def f():\n    return inspect.getsource(A)\n\n7\n", ""))

    def test_places_of_other_machines_lead_to_the_working_directory(self) -> None:
        result = execute(
            "import os\nfor place in ('/content', '/workspace', '/home/user', '/outputs', '/mnt/outputs', '/mnt/user-data/outputs', "
            "'/kaggle/working'):\n"
            "    os.makedirs(place, exist_ok=True); open(place + '/' + place.replace('/', '_'), 'w').close()\n"
            "print(os.path.exists('/content/in.csv'), os.path.exists('/kaggle/input/in.csv'))\nopen('/mnt/data/absolute', 'w').close()",
            files=(("in.csv", "id", b"1"),))
        self.assertEqual((result.stdout, result.stderr), ("True True\n", ""))
        self.assertEqual(sorted(result.files), [
            "_content", "_home_user", "_kaggle_working", "_mnt_outputs", "_mnt_user-data_outputs", "_outputs", "_workspace", "absolute"])


class LeftBehindTest(unittest.TestCase):
    _LEAVES = ("import os, pathlib\nos.makedirs('/tmp/deep/er')\nopen('/tmp/deep/er/a.csv', 'w').write('abc')\n"
               "(pathlib.Path.home() / 'b.csv').write_text('b')\n")
    _LEFT = [{"path": "/home/sandbox/b.csv", "size": 1}, {"path": "/tmp/deep/er/a.csv", "size": 3}]

    def test_files_in_the_temporary_and_the_home_directory_are_named_however_the_code_ends(self) -> None:
        for end, limits in (("", {}), ("1 / 0", {}), ("os.abort()", {}), ("while True: pass", {"wall_time_seconds": 1}),
                            ("bytearray(2 << 30)" + "[:] = b'1'", {}), ("while True: print('x' * 9999)", {})):
            with self.subTest(end):
                result = execute(self._LEAVES + end, **limits)
                self.assertEqual((result.done["left_behind"], result.files), (self._LEFT, {}))

    def test_traces_are_not_named(self) -> None:
        result = execute(
            "import os, pathlib, tempfile, multiprocessing, matplotlib.pyplot as plt\nplt.plot([1]); plt.savefig('a.png')\n"
            "tempfile.mkdtemp(); tempfile.NamedTemporaryFile(delete=False); multiprocessing.get_context('fork').Manager()\n"
            "for name in ('.cache/x', '.config/y'):\n    (pathlib.Path.home() / name).parent.mkdir(exist_ok=True); (pathlib.Path.home() / "
            "name).touch()\n"
            "os.symlink('/etc/passwd', '/tmp/link'); os.mkfifo('/tmp/fifo'); os.mkdir('/tmp/empty')")
        self.assertEqual((result.stderr, result.done), ("", {"files": 1, "skipped": 0}))

    def test_only_so_many_are_named_and_none_without_end(self) -> None:
        result = execute(
            "import os\nfor n in range(1000): open(f'/tmp/{n:04}', 'w').close()\n"
            "open('/tmp/0000\\n\\x1b', 'w').close(); open(b'/tmp/000\\xff', 'w').close()\n"
            "os.chmod('/home/sandbox', 0)")
        paths = [entry["path"] for entry in result.done["left_behind"]]
        self.assertEqual((paths[:3], len(paths)), (["/tmp/0000", "/tmp/0000\ufffd\ufffd", "/tmp/0001"], 20))
