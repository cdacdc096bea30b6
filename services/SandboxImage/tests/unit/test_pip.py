import contextlib
import io
import json
import tempfile
import unittest
from email.message import Message
from importlib.metadata import Distribution
from pathlib import Path
from unittest import mock

from pip import commands


class Package(Distribution):
    def __init__(self, name: str, version: str) -> None:
        self._metadata = Message()
        for key, value in (("Name", name), ("Version", version), ("Summary", f"{name} for tests")):
            self._metadata[key] = value

    @property
    def metadata(self) -> Message:
        return self._metadata

    def read_text(self, filename: str) -> str | None:
        return None

    def locate_file(self, path: object) -> Path:
        return Path("/packages", str(path))


class PipTest(unittest.TestCase):
    def run_pip(self, *arguments: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        packages = [Package("pandas", "2.3.3"), Package("Foo.Bar_baz", "1.0")]
        with mock.patch.object(commands, "distributions",
                               lambda: packages), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = commands.main(list(arguments))
        return status, out.getvalue(), err.getvalue()

    def test_list_has_what_is_there(self) -> None:
        self.assertEqual(self.run_pip("list"), (0, "Package     Version\n----------- -------\nFoo.Bar_baz 1.0\npandas      2.3.3\n", ""))
        for arguments in (("list", "--format=freeze"), ("list", "--format", "freeze"), ("freeze",)):
            self.assertEqual(self.run_pip(*arguments)[1], "Foo.Bar_baz==1.0\npandas==2.3.3\n")
        self.assertEqual(json.loads(self.run_pip("list", "--format=json")[1])[1], {"name": "pandas", "version": "2.3.3"})

    def test_show_tells_of_a_package(self) -> None:
        status, out, _ = self.run_pip("show", "foo-bar-baz", "nothing")
        self.assertEqual((status, out), (1, "Name: Foo.Bar_baz\nVersion: 1.0\nSummary: Foo.Bar_baz for tests\nLocation: /packages\n"))

    def test_installing_what_is_there_is_fine(self) -> None:
        for wanted in ("pandas", "Pandas>=2", "pandas[excel]==2.3.3", "foo.bar-baz", "pip", "other; python_version < '3'"):
            with self.subTest(wanted):
                self.assertEqual(self.run_pip("install", "--quiet", "-i", "url", wanted)[::2], (0, ""))

    def test_installing_anything_else_says_that_there_is_no_network_and_what_is_there(self) -> None:
        for wanted, problem in (("polars", "polars is not installed"), ("pandas<2", "pandas 2.3.3 is installed, and <2 was requested"),
                                ("git+https://host/x.git", "is not the name of a package")):
            with self.subTest(wanted):
                status, _, err = self.run_pip("install", "pandas", wanted)
                self.assertEqual(status, 1)
                for text in (problem, "no network", "Installed packages: Foo.Bar_baz, pandas"):
                    self.assertIn(text, err)

    def test_requirements_are_read_from_files(self) -> None:
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("# what we need\npandas>=2  # tables\n--no-binary :all:\n\npolars\n")
            file.flush()
            status, out, err = self.run_pip("install", "-r", file.name)
        self.assertEqual((status, out), (1, "Requirement already satisfied: pandas>=2 (2.3.3)\n"))
        self.assertTrue(err.startswith("ERROR: polars is not installed."), err)
        self.assertIn("cannot be read", self.run_pip("install", "-r", "/no/such/file")[2])

    def test_whatever_else_is_asked_for_gets_the_usage(self) -> None:
        self.assertEqual(self.run_pip()[0], 0)
        self.assertEqual([self.run_pip(*arguments)[0] for arguments in (("download", "x"), ("install",))], [1, 1])
        self.assertIn("no network", self.run_pip("download", "x")[2])
