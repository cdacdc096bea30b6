import inspect
import json
import pydoc
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from code_interpreter import builtin, loading
from code_interpreter.loading import load_file


class LoadFileTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name, "work")
        self.work.mkdir()
        self.inputs = Path(folder.name, "inputs.json")
        for name, value in (("WORK", str(self.work)), ("INPUTS", str(self.inputs))):
            patch = mock.patch.object(loading, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def attach(self, path: str, file_id: str, data: bytes) -> None:
        target = self.work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        entries = json.loads(self.inputs.read_text()) if self.inputs.exists() else []
        self.inputs.write_text(json.dumps([*entries, {"file_id": file_id, "path": path}]))

    def test_by_id_by_path_and_by_plain_name(self) -> None:
        self.attach("d/a.txt", "u_1_x", "é".encode())
        for wanted in ("u_1_x", "d/a.txt", "a.txt"):
            self.assertEqual(load_file(wanted), "é")

    def test_it_can_be_asked_how_it_is_called(self) -> None:
        self.assertEqual(str(inspect.signature(builtin.load_file)), "(id_or_name: str) -> object")
        self.assertIn("by its id or name", pydoc.plain(pydoc.render_doc(builtin.load_file)))

    def test_a_file_the_code_made_itself(self) -> None:
        (self.work / "own.json").write_text('{"a": [1]}')
        self.assertEqual(load_file("own.json"), {"a": [1]})

    def test_types_of_the_standard_library(self) -> None:
        cases = {
            "a.jsonl": (b'{"a": 1}\n\n[2]\n', [{"a": 1}, [2]]),
            "a.toml": (b"a = 1", {"a": 1}),
            "a.py": (b"x = 1\n", "x = 1\n"),
            "Dockerfile": (b"FROM x", "FROM x"),
            "a.md": (b"\xef\xbb\xbfbom", "bom"),
            "a.txt": (b"\xff\xfeh\x00i\x00", "hi"),
            "b.txt": (b"\xff\x00\xfe", b"\xff\x00\xfe"),
            "a.bin": (b"plain ascii", b"plain ascii"),
            "noextension": (b"abc", b"abc"),
        }
        for name, (data, expected) in cases.items():
            with self.subTest(name):
                self.attach(name, "id-" + name, data)
                self.assertEqual(load_file("id-" + name), expected)

    def test_unknown_names_what_is_there(self) -> None:
        self.attach("a.csv", "u_1_x", b"")
        with self.assertRaises(FileNotFoundError) as caught:
            load_file("u_1_y")
        for part in ("u_1_y", "a.csv", "u_1_x"):
            self.assertIn(part, str(caught.exception))

    def test_nothing_attached_is_said(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "No files are attached"):
            load_file("x")
        with self.assertRaises(FileNotFoundError):
            load_file("")

    def test_other_arguments_are_a_type_error(self) -> None:
        with self.assertRaises(TypeError):
            load_file(3)
