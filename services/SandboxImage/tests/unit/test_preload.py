"""A sandbox in stock gets ready for more, until somebody wants it."""

import os
import sys
import unittest

from supervisor.preload import import_while_idle


class ImportWhileIdleTest(unittest.TestCase):
    def setUp(self) -> None:
        self.reader, self.writer = os.pipe()
        for name in ("wave", "colorsys"):
            sys.modules.pop(name, None)

    def tearDown(self) -> None:
        os.close(self.reader)
        os.close(self.writer)

    def test_nothing_comes(self) -> None:
        self.assertTrue(import_while_idle(self.reader, ("wave", "colorsys"), 0.001))
        self.assertIn("wave", sys.modules)
        self.assertIn("colorsys", sys.modules)

    def test_it_is_wanted_at_once(self) -> None:
        os.write(self.writer, b"I")
        self.assertFalse(import_while_idle(self.reader, ("wave", "colorsys"), 60))
        self.assertNotIn("wave", sys.modules)

    def test_it_is_wanted_in_between(self) -> None:
        class Wanted:
            """A module whose import somebody interrupts."""
            def find_spec(_, name: str, path: object, target: object = None) -> None:
                if name == "wave":
                    os.write(self.writer, b"I")

        sys.meta_path.insert(0, Wanted())
        try:
            self.assertFalse(import_while_idle(self.reader, ("wave", "colorsys"), 0.001))
        finally:
            sys.meta_path.pop(0)
        self.assertIn("wave", sys.modules)
        self.assertNotIn("colorsys", sys.modules)
