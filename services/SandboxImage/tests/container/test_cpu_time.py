"""The limit of CPU time holds for all processes together, however they come and go."""

import unittest

from tests.container.sandbox import Result, execute

BURN = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass\n"


def limited(code: str, seconds: float = 0.5, **request) -> Result:
    return execute(code, cpu_seconds=seconds, **request)


class CpuTimeTest(unittest.TestCase):
    def assert_stopped(self, result: Result, seconds: float = 0.5) -> None:
        self.assertEqual((result.exit["killed_by"], result.exit["signal"], result.exit["exit_code"]), ("cpu_time", 9, None), result.stderr)
        used = result.exit["cpu_user_seconds"] + result.exit["cpu_system_seconds"]
        self.assertGreater(used, seconds - 0.05)
        self.assertLess(used, seconds + 0.5)

    def test_a_loop_is_stopped_with_what_it_printed_and_wrote(self) -> None:
        result = limited("print('before')\nopen('a', 'w').write('x')\nwhile True: pass")
        self.assert_stopped(result)
        self.assertEqual((result.stdout, result.files), ("before\n", {"a": b"x"}))

    def test_waiting_is_free(self) -> None:
        result = limited("import time\ntime.sleep(1.5)\nprint('end')", 0.4)
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("end\n", 0))

    def test_less_than_the_limit_is_allowed(self) -> None:
        self.assertEqual(limited(BURN.format(0.3), 5).exit["exit_code"], 0)

    def test_time_in_the_kernel_counts(self) -> None:
        self.assert_stopped(limited("import os\nwhile True: os.urandom(1 << 20)"))

    def test_children_do_not_help(self) -> None:
        burn = "".join(f"    {line}\n" for line in BURN.format(0.05).splitlines())
        cases = {
            "many short ones": f"import os\nwhile True:\n  if os.fork() == 0:\n{burn}    os._exit(0)\n  os.wait()",
            "nobody waits": f"import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile True:\n  if os.fork() == 0:\n"
            f"{burn}    os._exit(0)\n"
                            "  try: os.wait()\n  except OSError: pass",
            "orphans": f"import os\nwhile True:\n  pid = os.fork()\n  if pid == 0:\n    if os.fork(): os._exit(0)\n{burn}    os._exit(0)\n"
            f"  os.waitpid(pid, 0)\n"
                       "  import time; time.sleep(0.05)",
            "other sessions": "import os\nfor _ in range(3):\n  if os.fork() == 0:\n    os.setsid()\n    while True: pass\nimport signal\n"
            "signal.pause()",
            "other programs": "import subprocess, sys\nwhile True: subprocess.run(['sh', '-c', 'for i in 1 2 3 4 5; do env true; done'])",
            "threads": "import threading, hashlib\ndef burn():\n  while True: hashlib.sha256(bytes(1 << 20))\n"
                       "for _ in range(3): threading.Thread(target=burn).start()",
            "own timers": "import resource, signal\nsignal.setitimer(signal.ITIMER_PROF, 0)\n"
            "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))\nwhile True: pass",
        }
        for name, code in cases.items():
            with self.subTest(name):
                self.assert_stopped(limited(code))

    def test_whichever_limit_is_met_first_is_named(self) -> None:
        self.assertEqual(limited("while True: pass", 10, wall_time_seconds=0.4).exit["killed_by"], "wall_time")

    def test_without_a_limit_nothing_is_stopped(self) -> None:
        self.assertEqual(execute(BURN.format(0.5)).exit["exit_code"], 0)
