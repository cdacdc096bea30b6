import errno
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from supervisor.frames import FrameReader, FrameWriter, ProtocolError
from supervisor.staging import NoRoomError, Stage, check_path, create_file, numbered, write_inputs

LIMITS = {
    "wall_time_seconds": 1.5, "output_bytes": 1, "output_kill_bytes": 2, "file_bytes": 3, "files": 4, "total_file_bytes": 5,
    "skipped_files": 6}


class PathTest(unittest.TestCase):
    def test_good_paths_stay_as_they_are(self) -> None:
        for path in ("a", "a/b/c.csv", ".env", "..a", "a..b", "ü b\\c", "…" * 80):
            with self.subTest(path):
                self.assertEqual(check_path(path), path)

    def test_paths_that_leave_the_directory_or_are_no_paths_are_refused(self) -> None:
        for path in ("", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a//b", "a/", "a\0b", "\ud800", "x" * 256,
                     "y/" * 600 + "z", None, 7):
            with self.subTest(path), self.assertRaises(ProtocolError):
                check_path(path)

    def test_numbers_go_before_the_extension(self) -> None:
        names = numbered("a.csv")
        self.assertEqual([next(names) for _ in range(3)], ["a.csv", "a (2).csv", "a (3).csv"])

    def test_a_numbered_name_is_never_too_long(self) -> None:
        names = numbered("ü" * 125 + ".csv")
        next(names)
        self.assertLessEqual(len(next(names).encode()), 255)

    def test_a_number_makes_no_path_too_long(self) -> None:
        folders = "/".join(["d" * 250] * 4) + "/"
        for wanted in (folders + "f" * 16 + ".txt", folders + "f." + "e" * 18, "/".join(["d" * 250] * 3 + ["d" * 254, "f" * 16])):
            with self.subTest(wanted[-30:]), tempfile.TemporaryDirectory() as root:
                self.assertEqual(len(wanted), 1024)
                paths = [create_file(root, wanted)[0] for _ in range(3)]
                self.assertEqual([len(set(paths)), [path for path in paths if len(path.encode()) > 1024]], [3, []])

    def test_a_number_in_a_folder_makes_no_path_too_long(self) -> None:
        wanted = "/".join(["d" * 250] * 4) + "/" + "f" * 20
        with tempfile.TemporaryDirectory() as root:
            create_file(root, "d" * 250)
            path, _ = create_file(root, wanted)
        self.assertLessEqual(len(path), 1024)
        self.assertTrue(path.endswith("/" + "f" * 20))

    def test_newcomers_do_not_overwrite(self) -> None:
        with tempfile.TemporaryDirectory() as root:
            paths = []
            for wanted in ("d/a.txt", "d/a.txt", "d/a.txt", "d", "d (2)/b"):
                path, fd = create_file(root, wanted)
                os.close(fd)
                paths.append(path)
            self.assertEqual(paths, ["d/a.txt", "d/a (2).txt", "d/a (3).txt", "d (2)", "d (2) (2)/b"])


class StageTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.readable, self.writable = os.pipe()
        self.addCleanup(os.close, self.readable)
        self.addCleanup(os.close, self.writable)
        self.writer = FrameWriter(self.writable)

    def item(self, data: bytes, **item: str) -> None:
        self.writer.send_json("I", {"size": len(data), **item})
        if data:
            self.writer.send("D", data)

    def receive(self):
        return Stage(FrameReader(self.readable), str(self.root)).receive()

    def test_a_whole_request(self) -> None:
        self.item(b"print(1)", kind="code")
        self.item(b"in", kind="stdin")
        self.item(b"1,2", kind="file", path="d/a.csv", file_id="id1")
        self.item(b"", kind="file", path="d/a.csv", file_id="id2", unknown="ignored")
        self.writer.send_json("X", {"args": ["x"], "limits": LIMITS})
        staged, execute = self.receive()
        self.assertEqual((staged.code, staged.stdin), (b"print(1)", b"in"))
        self.assertEqual({path: file.file_id for path, file in staged.files.items()}, {"d/a.csv": "id1", "d/a (2).csv": "id2"})
        self.assertEqual((self.root / "d/a.csv").read_bytes(), b"1,2")
        self.assertEqual((execute.args, execute.limits.wall_time_seconds, execute.limits.files), (["x"], 1.5, 4))

    def test_broken_requests(self) -> None:
        code = lambda: self.item(b"", kind="code")
        execute = lambda **change: self.writer.send("X", json.dumps({"args": [], "limits": LIMITS, **change}).encode())
        broken = {
            "no code": lambda: execute(),
            "two codes": lambda: (code(), code()),
            "data without item": lambda: self.writer.send("D", b"x"),
            "unknown kind": lambda: self.item(b"", kind="folder"),
            "negative size": lambda: self.writer.send_json("I", {"kind": "code", "size": -1}),
            "too much data": lambda: (self.writer.send_json("I", {"kind": "code", "size": 1}), self.writer.send("D", b"xx")),
            "kill before execute": lambda: self.writer.send_json("K", {"killed_by": "cancellation"}),
            "no file id": lambda: self.item(b"", kind="file", path="a"),
            "path leaves": lambda: self.item(b"", kind="file", path="../a", file_id="i"),
            "args are no strings": lambda: (code(), execute(args=[1])),
            "no limits": lambda: (code(), execute(limits=None)),
            "a limit is missing": lambda: (code(), execute(limits={**LIMITS, "files": None})),
            "no time": lambda: (code(), execute(limits={**LIMITS, "wall_time_seconds": 0})),
            "endless time": lambda: (code(), execute(limits={**LIMITS, "wall_time_seconds": float("inf")})),
        }
        for name, send in broken.items():
            with self.subTest(name):
                self.setUp()
                send()
                with self.assertRaises(ProtocolError):
                    self.receive()

    def test_a_full_directory_is_an_error_of_its_own(self) -> None:
        for code in (errno.ENOSPC, errno.EDQUOT):
            self.setUp()
            self.item(b"x", kind="file", path="a", file_id="i")
            with self.subTest(code), mock.patch("supervisor.staging.os.write", side_effect=OSError(code, "")):
                with self.assertRaises(NoRoomError):
                    self.receive()

    def test_inputs_are_listed_for_load_file(self) -> None:
        self.item(b"", kind="code")
        self.item(b"", kind="file", path="ü.csv", file_id="id1")
        self.writer.send_json("X", {"args": [], "limits": LIMITS})
        staged, _ = self.receive()
        write_inputs(str(self.root / "inputs.json"), staged.files)
        self.assertEqual(json.loads((self.root / "inputs.json").read_text()), [{"file_id": "id1", "path": "ü.csv"}])
