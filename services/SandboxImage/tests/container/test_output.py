"""What the code prints arrives: at once, as it is, and no more than allowed."""

import unittest

from tests.container.sandbox import Sandbox, execute


class OutputTest(unittest.TestCase):
    def test_lines_come_while_the_code_runs(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("print('first')\nwhile True: pass")
            self.assertEqual(sandbox.read_output_until(b"first\n"), b"first\n")

    def test_only_the_beginning_is_kept_and_all_is_counted(self) -> None:
        result = execute("import sys\nsys.stdout.write('a' * 300_000)\nsys.stderr.write('b' * 200_000)", output_bytes=1000)
        self.assertEqual((result.stdout, result.stderr), ("a" * 1000, "b" * 1000))
        self.assertEqual((result.exit["stdout_bytes"], result.exit["stderr_bytes"], result.exit["exit_code"]), (300_000, 200_000, 0))

    def test_a_flood_is_stopped(self) -> None:
        for stream in ("stdout", "stderr"):
            with self.subTest(stream):
                result = execute(f"import sys\nwhile True: sys.{stream}.write('x' * 1000)", output_bytes=5000, output_kill_bytes=1 << 20)
                self.assertEqual((result.exit["killed_by"], result.exit["signal"]), ("output", 9))
                self.assertEqual(getattr(result, stream), "x" * 5000)
                self.assertGreater(result.exit[f"{stream}_bytes"], 1 << 20)

    def test_both_streams_far_beyond_a_pipe(self) -> None:
        result = execute("import sys\nfor _ in range(500):\n    sys.stdout.write('o' * 1000)\n    sys.stderr.write('e' * 1000)")
        self.assertEqual((len(result.stdout), len(result.stderr)), (500_000, 500_000))

    def test_sizes_others_stumbled_over(self) -> None:
        for size in (0, 1, 65_535, 65_536, 65_537, 131_070, 304_487):
            with self.subTest(size):
                result = execute(f"import sys\nsys.stdout.write('x' * {size})")
                self.assertEqual(result.stdout, "x" * size)

    def test_lines_that_follow_each_other_come_together(self) -> None:
        result = execute("for number in range(100_000): print(number)")
        self.assertEqual(result.stdout, "".join(f"{number}\n" for number in range(100_000)))
        # One small frame in 4 ms at most, and large ones.
        self.assertLess(result.output_frames, result.exit["wall_seconds"] / 0.004 + len(result.stdout) / 32768 + 10)

    def test_bytes_that_are_not_text_arrive_as_they_are(self) -> None:
        every = bytes(range(256)) * 10
        result = execute("import sys\nsys.stdout.buffer.write(bytes(range(256)) * 10)\nprint('\\udcff', file=sys.stderr)")
        self.assertEqual((result.stdout_bytes, result.stderr_bytes), (every, b"\\udcff\n"))

    def test_output_of_processes_and_libraries_is_caught(self) -> None:
        result = execute("import ctypes, os\nos.system('echo from a shell')\nctypes.CDLL(None).printf(b'from c, unflushed')\n"
                         "print('from python')")
        self.assertEqual(sorted(result.stdout.replace("unflushed", "unflushed\n").split("\n")),
                         ["", "from a shell", "from c, unflushed", "from python"])

    def test_output_that_looks_like_frames_is_only_output(self) -> None:
        result = execute("import sys\nsys.stdout.buffer.write(b'Z\\0\\0\\0\\x02{}X\\0\\0\\0\\x02{}')")
        self.assertEqual((result.stdout_bytes, result.order), (b"Z\0\0\0\x02{}X\0\0\0\x02{}", "OXZ"))

    def test_a_runner_that_does_not_read_cannot_stretch_the_limit(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("import sys\nwhile True: sys.stdout.write('x' * 10000)", wall_time_seconds=1,
                                 output_bytes=1 << 30, output_kill_bytes=1 << 40)
            # Nothing is read until the code must have met its limit: the sandbox itself is asked, not the clock.
            sandbox.wait_until_only_the_supervisor_is_left()
            result = sandbox.finish()
        self.assertEqual(result.exit["killed_by"], "wall_time")
        self.assertEqual(len(result.stdout), result.exit["stdout_bytes"])

    def test_merged_output_has_the_order_of_writing(self) -> None:
        code = ("import os, subprocess, sys\nfor number in range(1000):\n    print(number, file=(sys.stdout, sys.stderr)[number % 2])\n"
                "subprocess.run('echo a; echo b >&2; echo c', shell=True)\nos.write(2, b'd\\n')\n1/0")
        for prepared in (False, True):
            with self.subTest(prepared):
                result = execute(code, options={"merge_output": True}, prepared=prepared)
                lines = result.stdout.splitlines()
                self.assertEqual(lines[:1004], [*map(str, range(1000)), "a", "b", "c", "d"])
                self.assertEqual((lines[1004], lines[-1]), ("Traceback (most recent call last):", "ZeroDivisionError: division by zero"))
                self.assertEqual((result.stderr, result.exit["stderr_bytes"], result.exit["stdout_bytes"]),
                                 ("", 0, len(result.stdout_bytes)))
                self.assertEqual(result.exit["exception"]["type"], "ZeroDivisionError")

    def test_the_streams_can_be_opened_by_name(self) -> None:
        code = ("import subprocess\nsubprocess.run('cat /dev/stdin; echo out > /dev/stdout; echo err > /dev/stderr', shell=True, "
                "check=True)\n"
                "open('/dev/stdout', 'w').write('written')\n")
        for prepared in (False, True):
            with self.subTest(prepared):
                result = execute(code, stdin=b"in\n", prepared=prepared)
                self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("in\nout\nwritten", "err\n", 0))
