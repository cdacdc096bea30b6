import json
import unittest
from pathlib import Path

from supervisor.frames import ProtocolError
from supervisor.staging import check_path
from supervisor.walk import _is_good

EXAMPLES = json.loads(Path(__file__).with_name("file_paths.json").read_text(encoding="utf-8"))


def path_of(example: dict) -> str:
    return example["path"] if "path" in example else example["letter"] * example["count"] + example.get("after", "")


def is_file_path(path: str) -> bool:
    """Whether a file may come into a sandbox and out of it under that path."""
    try:
        return _is_good(check_path(path).encode())
    except ProtocolError:
        return False


class FilePathTest(unittest.TestCase):
    """The services read the same examples: see FilePath in services/ServiceDefaults/Naming."""

    def test_the_rules_are_those_of_the_services(self) -> None:
        for kind, expected in (("valid", True), ("invalid", False)):
            self.assertTrue(EXAMPLES[kind])
            for example in EXAMPLES[kind]:
                with self.subTest(example):
                    self.assertEqual(is_file_path(path_of(example)), expected)
