import hashlib
import json
import os
import socket
import struct
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from supervisor import walk
from supervisor.frames import FrameWriter
from supervisor.harvest import Harvest
from supervisor.request import Limits
from supervisor.staging import InputFile

LIMITS = {
    "wall_time_seconds": 1, "output_bytes": 1, "output_kill_bytes": 1, "file_bytes": 1000, "files": 100, "total_file_bytes": 10_000,
    "skipped_files": 100}


class HarvestTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def put(self, path: str | bytes, data: bytes = b"x") -> None:
        target = os.path.join(os.fsencode(self.root), os.fsencode(path))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)

    def harvest(self, inputs: dict[str, InputFile] | None = None, **limits: int):
        """Files with their data, skipped entries with their reason, and the totals."""
        with tempfile.TemporaryFile() as channel:
            Harvest(FrameWriter(channel.fileno()), Limits(**{**LIMITS, **limits}), inputs or {}).collect(str(self.root))
            channel.seek(0)
            return parse(channel.read())

    def test_every_kind_of_plain_file_comes(self) -> None:
        names = ["a.txt", "no_extension", ".hidden", "d/e/f.csv", "ünï 文.txt", "a b", "a\\b", 'q"uote', "x.tar.gz", ".config/c"]
        for name in names:
            self.put(name, name.encode())
        self.put("empty", b"")
        files, skipped, done, order = self.harvest()
        self.assertEqual(files, {**{name: name.encode() for name in names}, "empty": b""})
        self.assertEqual((skipped, done), ({}, {"files": 11, "skipped": 0}))
        self.assertEqual(order, sorted(order))

    def test_folders_of_any_mode_are_entered(self) -> None:
        # 0o400 can be listed and not entered, so that nothing in it could be reached.
        for mode in (0o000, 0o100, 0o200, 0o400, 0o600):
            name = f"{mode:03o}"
            self.put(f"{name}/deeper/in")
            os.chmod(self.root / name / "deeper", mode)
            os.chmod(self.root / name, mode)
        files, skipped, _, _ = self.harvest()
        self.assertEqual((sorted(files), skipped), ([f"{mode:03o}/deeper/in" for mode in (0o000, 0o100, 0o200, 0o400, 0o600)], {}))

    def test_links_are_reported_and_never_followed(self) -> None:
        self.put("real", b"data")
        os.symlink("/etc/passwd", self.root / "passwd")
        os.symlink("real", self.root / "alias")
        os.symlink("/etc", self.root / "etc")
        os.symlink("nowhere", self.root / "dangling")
        files, skipped, _, _ = self.harvest()
        self.assertEqual(files, {"real": b"data"})
        self.assertEqual(skipped, dict.fromkeys(["passwd", "alias", "etc", "dangling"], "link"))

    def test_special_files_do_not_block(self) -> None:
        os.mkfifo(self.root / "fifo")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.root / "socket"))
            _, skipped, _, _ = self.harvest()
        self.assertEqual(skipped, {"fifo": "special_file", "socket": "special_file"})

    def test_exactly_the_limit_of_files_comes(self) -> None:
        for number in range(5):
            self.put(f"{number}")
        for limit, expected in ((6, 5), (5, 5), (4, 4), (0, 0)):
            with self.subTest(limit):
                files, skipped, done, _ = self.harvest(files=limit)
                self.assertEqual(len(files), expected)
                self.assertEqual(set(skipped.values()), {"too_many"} if expected < 5 else set())
                self.assertEqual(done, {"files": expected, "skipped": 5 - expected})

    def test_a_large_file_does_not_cost_the_small_ones(self) -> None:
        self.put("a")
        self.put("b", b"x" * 1001)
        self.put("c", b"x" * 1000)
        with open(self.root / "d_sparse", "wb") as sparse:
            sparse.truncate(1 << 40)
        files, skipped, _, _ = self.harvest()
        self.assertEqual(set(files), {"a", "c"})
        self.assertEqual(skipped, {"b": "too_large", "d_sparse": "too_large"})

    def test_the_total_is_kept_and_what_still_fits_comes(self) -> None:
        for name, size in (("a", 600), ("b", 600), ("c", 300), ("d", 100)):
            self.put(name, b"x" * size)
        files, skipped, _, _ = self.harvest(total_file_bytes=1000)
        self.assertEqual(set(files), {"a", "c", "d"})
        self.assertEqual(skipped, {"b": "total_size"})

    def test_hard_links_count_each(self) -> None:
        self.put("a", b"x" * 600)
        for number in range(3):
            os.link(self.root / "a", self.root / f"l{number}")
        files, skipped, _, _ = self.harvest(total_file_bytes=1200)
        self.assertEqual((len(files), set(skipped.values())), (2, {"total_size"}))

    def test_names_that_cannot_be_kept_are_reported(self) -> None:
        self.put(b"bad\xc3name")
        self.put("line\nbreak")
        self.put("tab\tname")
        self.put(b"dir\xff/inside")
        self.put("good")
        files, skipped, _, _ = self.harvest()
        self.assertEqual(set(files), {"good"})
        self.assertEqual(skipped, dict.fromkeys(["bad\ufffdname", "line\ufffdbreak", "tab\ufffdname", "dir\ufffd"], "bad_name"))

    def test_depth_without_end_is_cut_at_the_longest_path(self) -> None:
        here = os.open(self.root, os.O_RDONLY)
        for _ in range(600):
            os.mkdir("ddd", dir_fd=here)
            below = os.open("ddd", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(here)
        self.put("good")
        files, skipped, _, _ = self.harvest()
        self.assertEqual(set(files), {"good"})
        self.assertEqual(list(skipped.values()), ["bad_name"])
        self.assertLessEqual(len(next(iter(skipped)).encode()), 1024)

    def test_more_names_than_may_be_held_come_all_and_in_their_order(self) -> None:
        names = sorted([f"{name:03}" for name in range(300)] + [f"folder {folder}/{name:02}" for folder in range(20) for name in range(40)])
        for name in names:
            self.put(name)
        with mock.patch.multiple(walk, _ROOM=600, _ROOM_OF_ALL=2400):
            files, skipped, _, order = self.harvest(files=10_000, total_file_bytes=1 << 20)
        self.assertEqual((order, skipped), (names, {}))

    def test_names_are_held_in_parts(self) -> None:
        names = [f"{name:05}".encode() for name in range(10_000)]
        first, more = walk.first_names(reversed(names), b"00009", room=55 * 100)
        self.assertEqual(first, names[10:10 + len(first)])
        self.assertTrue(more)
        self.assertLessEqual(len(first), 201)
        self.assertEqual(walk.first_names(names, b"09998", room=55 * 100), ([b"09999"], False))

    def test_a_path_that_is_cut_does_not_lead_elsewhere(self) -> None:
        for raw in (b"a" * 1021 + b"/..b", b"a" * 1023 + b"/b", b"a" * 1022 + b"/.b"):
            with self.subTest(raw[-5:]):
                self.assertNotIn(walk.printable(raw).rpartition("/")[2], ("", ".", ".."))

    def test_unchanged_inputs_do_not_come_back_and_changed_ones_name_their_origin(self) -> None:
        inputs = {}
        for name in ("same", "grown", "edited", "deleted"):
            inputs[name] = InputFile(name, f"id-{name}", 4, hashlib.sha256(b"data").hexdigest())
        self.put("same", b"data")
        self.put("grown", b"data and more")
        self.put("edited", b"atad")
        self.put("new", b"data")
        files, skipped, done, _ = self.harvest(inputs)
        self.assertEqual(set(files), {"grown", "edited", "new"})
        self.assertEqual(files.origins, {"grown": "id-grown", "edited": "id-edited", "new": None})
        self.assertEqual((skipped, done), ({}, {"files": 3, "skipped": 0}))

    def test_unchanged_inputs_do_not_use_up_the_limits(self) -> None:
        self.put("input", b"x" * 5000)
        self.put("new")
        inputs = {"input": InputFile("input", "id", 5000, hashlib.sha256(b"x" * 5000).hexdigest())}
        files, skipped, _, _ = self.harvest(inputs, files=1, total_file_bytes=1)
        self.assertEqual((set(files), skipped), ({"new"}, {}))

    def test_only_so_many_skipped_entries_are_named_but_all_are_counted(self) -> None:
        for number in range(20):
            os.symlink("x", self.root / f"{number:02}")
        _, skipped, done, _ = self.harvest(skipped_files=3)
        self.assertEqual((sorted(skipped), done), (["00", "01", "02"], {"files": 0, "skipped": 20}))

    def test_empty_folders_and_an_empty_directory_are_nothing(self) -> None:
        (self.root / "empty").mkdir()
        self.assertEqual(self.harvest()[:3], ({}, {}, {"files": 0, "skipped": 0}))


class Files(dict):
    origins: dict[str, str | None]


def parse(raw: bytes):
    files, skipped, order, position = Files(), {}, [], 0
    files.origins, done = {}, None
    while position < len(raw):
        kind, length = struct.unpack_from(">cI", raw, position)
        payload = raw[position + 5:position + 5 + length]
        position += 5 + length
        if kind == b"F":
            current = json.loads(payload)
            files[current["path"]] = b""
            files.origins[current["path"]] = current["modified_from"]
            order.append(current["path"])
        elif kind == b"D":
            files[current["path"]] += payload
        elif kind == b"H":
            assert json.loads(payload)["sha256"] == hashlib.sha256(files[current["path"]]).hexdigest()
        elif kind == b"N":
            entry = json.loads(payload)
            skipped[entry["path"]] = entry["reason"]
        else:
            done = json.loads(payload)
    return files, skipped, done, order
