"""What Debian lacks is installed, or written down with the reason."""

import json
import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from image import install_requirements

REQUIREMENTS = """# Two packages.
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
beta==2.5 --hash=sha256:cc
"""
# In the place of Python with pip: says what it was given, and ends as the name of the package asks.
PIP = """#!/bin/sh
for last; do :; done
cat "$last"
case $(cat "$last") in
  *beta*) {beta} ;;
esac
"""


class InstallRequirementsTest(unittest.TestCase):
    def test_each_requirement_keeps_its_hashes(self) -> None:
        self.assertEqual(install_requirements.parse(REQUIREMENTS),
                         [["alpha==1.0", "--hash=sha256:aa", "--hash=sha256:bb"], ["beta==2.5", "--hash=sha256:cc"]])

    def test_nothing_is_missing_where_all_are_offered(self) -> None:
        self.assertEqual(self._missing("exit 0"), [])

    def test_one_that_no_index_offers_is_missing_and_the_rest_is_there(self) -> None:
        missing, = self._missing("echo 'ERROR: No matching distribution found for beta' >&2; exit 1")
        self.assertEqual((missing["name"], missing["version"]), ("beta", "2.5"))
        self.assertIn("no package index offered it", missing["reason"])

    def test_a_file_with_another_hash_is_missing_with_another_reason(self) -> None:
        missing, = self._missing("echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.' >&2; exit 1")
        self.assertIn("another file", missing["reason"])

    def test_the_list_of_the_image_has_a_version_and_a_hash_for_each(self) -> None:
        for requirement in install_requirements.parse(Path("image/requirements.txt").read_text(encoding="utf-8")):
            self.assertRegex(requirement[0], r"^[\w-]+==[\d.]+$")
            self.assertTrue(requirement[1:])
            for word in requirement[1:]:
                self.assertRegex(word, r"^--hash=sha256:[0-9a-f]{64}$")

    def _missing(self, beta: str) -> list[dict[str, str]]:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as base:
            folder = Path(base)
            (folder / "python").write_text(PIP.format(beta=beta))
            (folder / "python").chmod(stat.S_IRWXU)
            (folder / "requirements.txt").write_text(REQUIREMENTS)
            with mock.patch.object(sys, "executable", str(folder / "python")):
                install_requirements.main(folder / "requirements.txt", folder / "out")
            return json.loads((folder / "out/opt/sandbox/missing.json").read_text())
