import json
import subprocess
import sys
import unittest

from supervisor import jsontext

VALUES = (
    {}, [], {"a": [1, -2.5, True, False, None, "x"], "b": {"c": "ü\u2028\"\\\n"}}, "\ud800", 10**30, 1e300, [[[[]]]], "",
)


class JsonTextTests(unittest.TestCase):
    def test_values_survive_and_both_sides_agree_with_the_json_module(self) -> None:
        for value in VALUES:
            with self.subTest(value=value):
                self.assertEqual(jsontext.dumps(value), json.dumps(value, separators=(",", ":")).encode())
                self.assertEqual(jsontext.loads(jsontext.dumps(value)), value)

    def test_space_around_the_value_is_none_of_it(self) -> None:
        self.assertEqual(jsontext.loads(b' \n{"a" : 1}\t\r\n'), {"a": 1})

    def test_what_is_no_json_is_a_value_error(self) -> None:
        for data in (b"", b" ", b"{", b"{}x", b"[1,]", b"NaN", b"-Infinity", b"'a'", b'"\n"', b"\xff", b"nul"):
            with self.subTest(data=data), self.assertRaises(ValueError):
                jsontext.loads(data)

    def test_what_json_cannot_hold_is_refused(self) -> None:
        for value, error in ((float("nan"), ValueError), (float("inf"), ValueError), (b"", TypeError), (object(), TypeError)):
            with self.subTest(value=value), self.assertRaises(error):
                jsontext.dumps(value)


class ImportTests(unittest.TestCase):
    def test_a_supervisor_imports_nothing_that_is_slow_to_import(self) -> None:
        code = "import sys; sys.path.insert(0, '.'); import supervisor.service; print(*sys.modules)"
        python = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
        self.assertFalse(
            {"collections", "ctypes", "enum", "functools", "importlib", "json", "re", "selectors", "signal", "threading", "typing"}
            & set(python.stdout.split()))
