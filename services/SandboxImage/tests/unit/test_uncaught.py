import json
import os
import socket
import sys
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from supervisor import uncaught
from supervisor.uncaught import describe, leave, take

GOOD = {"type": "E", "message": "m", "frames": [{"file": "f", "line": 1, "function": "g", "code": "c"}], "truncated": False}


def caught(act: Callable[[], object]) -> BaseException:
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def raising(error: BaseException) -> Callable[[], object]:
    def act() -> None:
        raise error
    return act


class DescribeTest(unittest.TestCase):
    def check(self, report: dict) -> dict:
        self.assertEqual(uncaught._check(json.loads(json.dumps(report))), report)
        return report

    def test_an_ordinary_exception(self) -> None:
        report = self.check(describe(caught(lambda: json.loads("{"))))
        self.assertEqual(report["type"], "json.decoder.JSONDecodeError")
        self.assertEqual(report["message"], "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")
        self.assertEqual((report["frames"][0]["file"], report["frames"][0]["code"]), (__file__, "act()"))
        self.assertEqual(report["frames"][-1]["function"], "raw_decode")
        self.assertFalse(report["truncated"])

    def test_builtin_and_own_classes_are_named_as_in_a_traceback(self) -> None:
        own = type("Own", (Exception,), {"__module__": "__main__"})
        odd = type("Odd", (Exception,), {"__module__": 7})
        for kind, expected in ((KeyError, "KeyError"), (own, "Own"), (odd, "<unknown>.Odd"), (socket.gaierror, "socket.gaierror")):
            self.assertEqual(describe(kind("x"))["type"], expected)

    def test_a_syntax_error_ends_with_its_place(self) -> None:
        report = self.check(describe(caught(lambda: compile("x = 1\n  y = (\n", "/mnt/data/main.py", "exec"))))
        self.assertEqual(report["frames"][-1], {"file": "main.py", "line": 2, "function": "", "code": "y = ("})
        for odd in (SyntaxError(), SyntaxError("x", ("f", None, None, None)), SyntaxError("x", ("f", "1", 2, 3)),
                    SyntaxError("x", (1, 2, 3, "4"))):
            self.check(describe(odd))

    def test_of_a_deep_traceback_both_ends_are_kept(self) -> None:
        def deeper(count: int) -> None:
            deeper(count - 1) if count else 1 / 0
        for count, kept in ((47, False), (48, True), (400, True)):
            report = self.check(describe(caught(lambda: deeper(count))))
            self.assertEqual((len(report["frames"]), report["truncated"]), (50, kept))
            self.assertEqual((report["frames"][1]["function"], report["frames"][-1]["code"]),
                             ("<lambda>", "deeper(count - 1) if count else 1 / 0"))

    def test_recursion_errors_are_described(self) -> None:
        def endless() -> None:
            endless()
        self.assertEqual(self.check(describe(caught(endless)))["type"], "RecursionError")

    def test_a_str_that_fails_is_said_so(self) -> None:
        for failure in (ValueError(), SystemExit(3), KeyboardInterrupt()):
            kind = type("Bad", (Exception,), {"__str__": lambda self: raising(failure)()})
            self.assertEqual(self.check(describe(kind()))["message"], "<exception str() failed>")
        kind = type("NoText", (Exception,), {"__str__": lambda self: 7})
        self.assertEqual(self.check(describe(kind()))["message"], "<exception str() failed>")

    def test_texts_are_plain_short_and_utf_8(self) -> None:
        class Liar(str):
            def __len__(self) -> int:
                return 3

            def __getitem__(self, item: object) -> str:
                return self * 2
        for message in ("x" * 10_000_000, "\ud800" * 5000, "😀" * 5000, "\0\x1b\u202e" * 2000, Liar("y" * 5000)):
            kind = type("K" * 300, (Exception,), {"__str__": lambda self: message})
            report = self.check(describe(kind()))
            self.assertLessEqual(len(report["message"]), 4096)
            self.assertTrue(report["truncated"])
        self.assertEqual(describe(ValueError("\udcff"))["message"], "\\udcff")

    def test_the_whole_has_a_limit_whatever_its_parts(self) -> None:
        for wide in ("😀", "\x01", "𝕏"):
            names = {"fail": raising(ValueError(wide * 5000))}
            exec(compile("def f(n): f(n - 1) if n else fail()", wide * 600, "exec"), names)
            report = self.check(describe(caught(lambda: names["f"](60))))
            self.assertLessEqual(len(json.dumps(report, separators=(",", ":"))), 48 * 1024)
            self.assertEqual((report["frames"][-1]["function"], report["truncated"]), ("act", True))
            self.assertGreater(len(report["message"]), 500)

    def test_groups_are_described_by_their_own_words(self) -> None:
        report = self.check(describe(ExceptionGroup("two", [ValueError(1), KeyError(2)])))
        self.assertEqual((report["type"], report["message"]), ("ExceptionGroup", "two (2 sub-exceptions)"))


class HandOverTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.file = self.home / ".exception.json"
        patch = mock.patch.object(uncaught, "EXCEPTION", str(self.file))
        patch.start()
        self.addCleanup(patch.stop)

    def take(self) -> dict | None:
        return take(str(self.home))

    def test_what_is_left_is_taken(self) -> None:
        leave(caught(lambda: 1 / 0))
        self.assertEqual((self.take()["type"], self.take()["message"]), ("ZeroDivisionError", "division by zero"))

    def test_nothing_left_is_nothing(self) -> None:
        self.assertIsNone(self.take())
        self.assertIsNone(take(str(self.home / "missing")))

    def test_leaving_overwrites_nothing_follows_nothing_and_never_fails(self) -> None:
        target = self.home / "target"
        target.write_text("mine")
        for make in (lambda: self.file.write_text("mine"), lambda: self.file.symlink_to(target), lambda: self.file.symlink_to("new"),
                     lambda: os.mkfifo(self.file), self.file.mkdir):
            make()
            leave(ValueError("x"))
            self.assertEqual(target.read_text(), "mine")
            self.assertFalse((self.home / "new").exists())
            self.file.rmdir() if self.file.is_dir() else self.file.unlink()
        with mock.patch.object(uncaught, "describe", raising(SystemExit(3))):
            leave(ValueError("x"))
        self.assertIsNone(self.take())

    def test_what_is_not_a_plain_small_file_is_not_read(self) -> None:
        good = self.home / "good"
        good.write_text(json.dumps(GOOD))
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        for make in (lambda: self.file.symlink_to(good), lambda: os.mkfifo(self.file), self.file.mkdir,
                     lambda: listener.bind(str(self.file)),
                     lambda: self.file.symlink_to("/dev/zero"), lambda: self.file.symlink_to(self.file.name),
                     lambda: self.file.write_text(json.dumps(GOOD) + " " * 65536),
                     lambda: (self.file.touch(), os.truncate(self.file, 1 << 40))):
            make()
            self.assertIsNone(self.take())
            self.file.rmdir() if self.file.is_dir() and not self.file.is_symlink() else self.file.unlink()

    def test_a_pipe_is_not_read_even_when_it_holds_something(self) -> None:
        os.mkfifo(self.file)
        fd = os.open(self.file, os.O_RDWR | os.O_NONBLOCK)
        self.addCleanup(os.close, fd)
        os.write(fd, json.dumps(GOOD).encode())
        self.assertIsNone(self.take())

    def test_a_file_without_its_mode_is_read_all_the_same(self) -> None:
        self.file.write_text(json.dumps(GOOD))
        self.file.chmod(0)
        self.assertEqual(self.take(), GOOD)

    def test_unknown_fields_are_left_out(self) -> None:
        self.file.write_text(json.dumps({**GOOD, "more": 1, "frames": [{**GOOD["frames"][0], "more": []}]}))
        self.assertEqual(self.take(), GOOD)

    def test_whatever_is_malformed_is_nothing(self) -> None:
        frame = GOOD["frames"][0]
        malformed = [
            b"", b"{", b"\xff\xfe", b"null", b"[]", b"7", b'"x"', b"[" * 60_000, b'{"a":' * 10_000, b"9" * 5000,
            *(json.dumps(value).encode() for value in (
                *({key: value for key, value in GOOD.items() if key != missing} for missing in GOOD),
                {**GOOD, "type": 1}, {**GOOD, "type": ""}, {**GOOD, "type": "x" * 257}, {**GOOD, "message": None},
                {**GOOD, "message": "x" * 4097},
                {**GOOD, "message": "\ud800"}, {**GOOD, "type": "\udcff"}, {**GOOD, "truncated": 1}, {**GOOD, "frames": {}},
                {**GOOD, "frames": [frame] * 51}, {**GOOD, "frames": [[]]}, {**GOOD, "message": "😀" * 4096}, {**GOOD, "frames": [{}]},
                *({**GOOD, "frames": [{**frame, **change}]} for change in (
                    {"line": -1}, {"line": True}, {"line": 1.0}, {"line": 1 << 31}, {"line": "1"}, {"line": None}, {"line": float("nan")},
                    {"file": "x" * 513}, {"function": "x" * 257}, {"code": "x" * 513}, {"file": None}, {"code": "\ud800"}))))]
        for data in malformed:
            with self.subTest(data[:80]):
                self.file.write_bytes(data)
                self.assertIsNone(self.take())


class CostTest(unittest.TestCase):
    def test_nothing_has_to_be_imported_when_it_is_needed(self) -> None:
        before = set(sys.modules)
        describe(caught(lambda: 1 / 0))
        self.assertEqual(set(sys.modules) - before, set())
