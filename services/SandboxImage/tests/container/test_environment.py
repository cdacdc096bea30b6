"""Variables of the request are there for the code and all it starts, and change nothing else."""

import unittest

from tests.container.sandbox import Sandbox, execute


class EnvironmentTest(unittest.TestCase):
    def test_the_code_and_what_it_starts_see_them(self) -> None:
        result = execute(
            "import ctypes, multiprocessing, os, subprocess, sys\nget = os.environ.get\ndef f(name): return os.environ[name]\n"
            "if __name__ == '__main__':\n    print(get('GREETING'), get('EMPTY'), len(get('LONG')))\n"
            "    print(subprocess.check_output('echo \"$GREETING\"', shell=True, text=True), end='')\n"
            "    getenv = ctypes.CDLL(None).getenv; getenv.restype = ctypes.c_char_p; print(getenv(b'GREETING').decode())\n"
            "    for method in ('fork', 'spawn', 'forkserver'):\n"
            "        with multiprocessing.get_context(method).Pool(1) as pool: print(pool.map(f, ['GREETING']))\n",
            options={"environment": {"GREETING": "héllo = $HOME\t\"😀\"", "EMPTY": "", "LONG": "x" * 60_000}})
        expected = "héllo = $HOME\t\"😀\""
        self.assertEqual(result.stdout, f"{expected}  60000\n{expected}\n{expected}\n" + f"{[expected]}\n" * 3, result.stderr)

    def test_a_time_zone_holds_at_once(self) -> None:
        result = execute("import time, datetime\nprint(time.tzname[0], time.localtime(0).tm_hour, datetime.datetime.fromtimestamp(0).hour)",
                         options={"environment": {"TZ": "Asia/Tokyo"}})
        self.assertEqual(result.stdout, "JST 9 9\n")

    def test_a_folder_for_temporary_files_holds_too(self) -> None:
        for profile in ("lean", "bare", "data"):
            result = execute("import tempfile\nprint(tempfile.gettempdir())", profile, options={"environment": {"TMPDIR": "/mnt/data"}})
            self.assertEqual(result.stdout, "/mnt/data\n")

    def test_the_most_that_is_allowed_still_lets_programs_start(self) -> None:
        variables = {f"V{number}": "x" * 240 for number in range(256)}
        result = execute("import os, subprocess\nprint(subprocess.check_output('env | grep -c ^V', shell=True, text=True))",
                         options={"environment": variables})
        self.assertEqual(result.stdout.strip(), "256")

    def test_what_would_break_the_sandbox_is_a_failure_that_names_it(self) -> None:
        for name in ("PATH", "LD_PRELOAD", "PYTHONSTARTUP", "A=B"):
            with self.subTest(name), Sandbox() as sandbox:
                sandbox.expect("R")
                sandbox.send_item("code", b"print(1)")
                sandbox.send_execute(options={"environment": {name: "x"}})
                self.assertIn("environment", sandbox.expect("!")["message"])
