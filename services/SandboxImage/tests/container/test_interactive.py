"""Standard input that comes while the code runs."""

import unittest

from tests.container.sandbox import Sandbox, execute

INTERACTIVE = {"interactive": True}
MIB = 1 << 20


class InteractiveTest(unittest.TestCase):
    def test_a_dialogue(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("name = input('name? ')\nage = input(f'{name}, age? ')\nprint(int(age) + 1)", options=INTERACTIVE)
            sandbox.read_output_until(b"name? ")
            sandbox.write("i", b"Ann\n")
            sandbox.read_output_until(b"Ann, age? ")
            sandbox.write("i", b"4")
            sandbox.write("i", b"1\n")
            result = sandbox.finish()
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("42\n", 0))

    def test_it_follows_what_came_with_the_request_and_ends_when_told(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("import sys\nprint(input())\nsys.stdout.write(sys.stdin.read())", stdin=b"first\nsecond ",
                                 options=INTERACTIVE)
            sandbox.read_output_until(b"first\n")
            sandbox.write("i", b"third")
            sandbox.write("i", b"")
            sandbox.write("e", b"")
            sandbox.write("i", b"ignored")
            result = sandbox.finish()
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("second third", 0))

    def test_frames_that_come_with_the_request_are_not_forgotten(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            with sandbox.together():
                sandbox.send_item("code", b"print(input(), input())\ntry: input()\nexcept EOFError: print('end')")
                sandbox.send_execute(options=INTERACTIVE)
                sandbox.write("i", b"a\nb\n")
                sandbox.write("e", b"")
            sandbox.expect("S")
            self.assertEqual(sandbox.finish().stdout, "a b\nend\n")

    def test_a_kill_that_comes_with_the_request_is_not_forgotten(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            with sandbox.together():
                sandbox.send_item("code", b"while True: pass")
                sandbox.send_execute()
                sandbox.write_json("K", {"killed_by": "cancellation"})
            sandbox.expect("S")
            self.assertEqual(sandbox.finish().exit["killed_by"], "cancellation")

    def test_without_it_such_frames_break_the_protocol(self) -> None:
        for kind in ("i", "e"):
            with self.subTest(kind), Sandbox() as sandbox:
                sandbox.send_request("while True: pass")
                sandbox.write(kind, b"")
                self.assertIn(repr(kind), sandbox.expect("!")["message"])

    def test_code_that_closes_its_input_may_be_sent_more(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("import os, sys\nos.close(0)\nprint('closed')\nwhile True: pass", options=INTERACTIVE)
            sandbox.read_output_until(b"closed\n")
            for _ in range(64):
                sandbox.write("i", bytes(65536))
            sandbox.write("e", b"")
            sandbox.write_json("K", {"killed_by": "cancellation"})
            self.assertEqual(sandbox.finish().exit["killed_by"], "cancellation")

    def test_frames_after_the_end_are_ignored(self) -> None:
        with Sandbox(memory="64m") as sandbox:
            sandbox.send_request("open('a', 'w').write('x')", options=INTERACTIVE)
            sandbox.wait_until_only_the_supervisor_is_left()
            sandbox.write("i", b"late")
            sandbox.write("e", b"")
            result = sandbox.finish()
            for _ in range(100):
                sandbox.write("i", bytes(MIB))
            self.assertEqual((result.exit["exit_code"], result.files), (0, {"a": b"x"}))
            sandbox.process.stdin.close()
            self.assertEqual(sandbox.process.wait(30), 0, sandbox.diagnostics())

    def test_a_reader_that_is_slow_gets_everything(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request(
                "import hashlib, os, time\ntime.sleep(0.3)\ndigest, count = hashlib.sha256(), 0\n"
                "while data := os.read(0, 50_000): digest.update(data); count += len(data)\nprint(count)", options=INTERACTIVE)
            for _ in range(160):
                sandbox.write("i", bytes(65536))
            sandbox.write("e", b"")
            self.assertEqual(sandbox.finish().stdout, f"{10 * MIB}\n")

    def test_what_waited_behind_too_much_input_is_not_forgotten(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("import sys, time\ntime.sleep(0.5)\nprint(len(sys.stdin.read()))", options=INTERACTIVE,
                                 wall_time_seconds=8)
            with sandbox.together():
                sandbox.write("i", b"x" * MIB)
                sandbox.write("i", b"x" * 200_000)
                sandbox.write("e", b"")
            self.assertEqual(sandbox.finish().stdout, f"{MIB + 200_000}\n")

    def test_input_that_nobody_reads_stops_the_listening_but_not_the_limit(self) -> None:
        with Sandbox(memory="64m") as sandbox:
            sandbox.send_request("print('up')\nwhile True: pass", options=INTERACTIVE, wall_time_seconds=2)
            sandbox.read_output_until(b"up\n")
            pump = sandbox.write_in_background("i", bytes(65536), 3000)
            result = sandbox.finish()
            self.assertEqual(result.exit["killed_by"], "wall_time")
            pump.join(30)
            self.assertFalse(pump.is_alive())

    def test_a_kill_behind_less_than_the_bound_is_heard(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("print('up')\nwhile True: pass", stdin=bytes(3 * MIB), options=INTERACTIVE)
            sandbox.read_output_until(b"up\n")
            for _ in range(16):
                sandbox.write("i", bytes(65536))
            sandbox.write_json("K", {"killed_by": "cancellation"})
            self.assertEqual(sandbox.finish().exit["killed_by"], "cancellation")

    def test_children_may_read_it_too(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("import subprocess\nprint(subprocess.run(['head', '-n', '1'], stdout=-1).stdout)", options=INTERACTIVE)
            sandbox.write("i", b"to head\n")
            self.assertEqual(sandbox.finish().stdout, "b'to head\\n'\n")

    def test_one_byte_at_a_time_is_no_flood(self) -> None:
        with Sandbox(memory="64m") as sandbox:
            sandbox.send_request("print('up', flush=True)\nimport time\ntime.sleep(0.5)\nprint(len(__import__('sys').stdin.read()))",
                                 options=INTERACTIVE)
            sandbox.read_output_until(b"up\n")
            with sandbox.together():
                for _ in range(200_000):
                    sandbox.write("i", b"x")
                sandbox.write("e", b"")
            self.assertEqual(sandbox.finish().stdout, "200000\n")
