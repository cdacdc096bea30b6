"""A working directory with attached files, for tests of `load_file`."""

import contextlib
import io
import json
import tempfile
import unittest
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

from code_interpreter import loading, sources
from code_interpreter.loading import load_file


class LoadCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name, "work")
        self.work.mkdir()
        self.inputs = Path(folder.name, "inputs.json")
        for module, name, value in (
                (loading, "WORK", str(self.work)), (loading, "INPUTS", str(self.inputs)), (sources, "_told", set())):
            patch = mock.patch.object(module, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def attach(self, path: str, file_id: str, data: bytes) -> None:
        target = self.work / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        entries = json.loads(self.inputs.read_text()) if self.inputs.exists() else []
        self.inputs.write_text(json.dumps([*entries, {"file_id": file_id, "path": path}]))

    def load(self, name: str, data: bytes, **options: Any) -> tuple[Any, str]:
        """What a file comes back as, and what stderr says."""
        (self.work / name).write_bytes(data)
        with contextlib.redirect_stderr(io.StringIO()) as told:
            loaded = load_file(name, **options)
        return loaded, told.getvalue()

    def records(self, name: str, data: bytes, **options: Any) -> list[dict[str, Any]]:
        return self.load(name, data, **options)[0].to_dict("records")


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()
