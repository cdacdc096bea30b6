"""A sandbox that nobody wanted for a while has the process of the code waiting already. The code cannot tell."""

import unittest

from tests.container.sandbox import Sandbox, execute


class PreparedTest(unittest.TestCase):
    def test_request_and_code_come_to_the_process_that_waits(self) -> None:
        code = ("import os, sys\nprint(sys.argv, sys.orig_argv, os.environ['GREETING'], sys.stdin.read(), os.getcwd(), "
                "sorted(os.listdir('/mnt/data')))\n"
                "open('out.txt', 'w').write('made')\nsys.exit(3)")
        for profile in ("bare", "data"):
            with self.subTest(profile):
                result = execute(
                    code, profile, prepared=True, stdin=b"typed", files=(("in.txt", "file-1", b"data"),), args=("--fast", "é"),
                    options={"environment": {"GREETING": "hello"}})
                self.assertEqual(
                    result.stdout,
                    "['main.py', '--fast', 'é'] ['python3', 'main.py', '--fast', 'é'] hello typed /mnt/data ['in.txt']\n", result.stderr)
                self.assertEqual((result.exit["exit_code"], result.files), (3, {"out.txt": b"made"}))

    def test_it_is_what_any_other_is(self) -> None:
        code = ("import os, random, sys, time\n"
                "print(os.getuid(), os.getgroups(), os.getsid(0) == os.getpid(), sorted(os.listdir('/proc/self/fd'))[:3], "
                "len(os.listdir('/proc/self/fd')))\n"
                "print(sorted(name for name in sys.modules if 'supervisor' in name), open('/proc/self/oom_score_adj').read().strip(), "
                "open('/proc/self/comm').read(), os.umask(0))\n"
                "print([line for line in open('/proc/self/status') if line.startswith(('Cap', 'NoNewPrivs'))])\n"
                "print(sum(name.isdigit() for name in os.listdir('/proc')))\n1/0")
        prepared, other = (execute(code, prepared=prepared) for prepared in (True, False))
        self.assertEqual(prepared.stdout, other.stdout)
        self.assertEqual(prepared.stderr, other.stderr)
        self.assertEqual(prepared.exit["exception"], other.exit["exception"])

    def test_an_operator_sees_that_it_waits(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            sandbox.wait_until_it_is_prepared()
            self.assertCountEqual(sandbox.process_names(), ["python3", "waiting"])
            sandbox.send_item("code", b"print(1, flush=True)\ninput()")
            sandbox.send_execute(options={"interactive": True})
            sandbox.expect("S")
            sandbox.read_output_until(b"1")
            self.assertEqual(sandbox.process_names(), ["python3", "python3"])

    def test_waiting_is_no_part_of_what_it_took(self) -> None:
        result = execute("print(1)", prepared=True, wall_time_seconds=1.5)
        self.assertLess(result.exit["wall_seconds"], 1.5)
        self.assertIsNone(result.exit["killed_by"])

    def test_the_limit_of_processes_is_the_same(self) -> None:
        code = ("import os\nfor _ in range(9):\n"
                "    if os.fork() == 0: os.pause() if hasattr(os, 'pause') else __import__('signal').pause()\n")
        for prepared in (True, False):
            result = execute(code, prepared=prepared, pids=8)
            self.assertIn("BlockingIOError", result.stderr)

    def test_it_reads_on_what_comes_later(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("print(input())", options={"interactive": True}, prepared=True)
            sandbox.write("i", b"later\n")
            sandbox.write("e", b"")
            self.assertEqual(sandbox.finish().stdout, "later\n")

    def test_a_process_that_dies_while_it_waits_fails_the_sandbox_and_not_the_code(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            sandbox.wait_until_it_is_prepared()
            sandbox.kill_all_but_the_supervisor()
            sandbox.send_item("code", b"print(1)")
            sandbox.send_execute()
            self.assertIn("BrokenPipe", sandbox.expect("!")["message"])
