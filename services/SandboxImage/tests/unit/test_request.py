import unittest

from supervisor.environment import check_environment
from supervisor.frames import ProtocolError
from supervisor.request import Execute

LIMITS = {
    "wall_time_seconds": 1.5, "output_bytes": 1, "output_kill_bytes": 2, "file_bytes": 3, "files": 4, "total_file_bytes": 5,
    "skipped_files": 6}


def parse(**more) -> Execute:
    return Execute.parse({"args": [], "limits": LIMITS, **more})


class OptionsTest(unittest.TestCase):
    def test_a_request_without_options_has_none(self) -> None:
        for more in ({}, {"environment": None, "echo": None, "interactive": None, "merge_output": None,
                          "limits": {**LIMITS, "cpu_seconds": None}}):
            with self.subTest(more):
                execute = parse(**more)
                self.assertEqual((execute.environment, execute.echo, execute.interactive, execute.merge_output, execute.limits.cpu_seconds),
                                 ({}, False, False, False, None))

    def test_options_are_taken_over(self) -> None:
        execute = parse(environment={"A": "b"}, echo=True, interactive=True, merge_output=True, limits={**LIMITS, "cpu_seconds": 2})
        self.assertEqual((execute.environment, execute.echo, execute.interactive, execute.merge_output, execute.limits.cpu_seconds),
                         ({"A": "b"}, True, True, True, 2))

    def test_options_of_another_type_break_the_protocol(self) -> None:
        for more in ({"echo": 1}, {"echo": "true"}, {"interactive": 0}, {"interactive": []}, {"merge_output": "yes"}, {"environment": []},
                     {"environment": "A=b"},
                     *({"limits": {**LIMITS, "cpu_seconds": value}} for value in (0, 0.0, -1, True, "1", float("nan"), float("inf"), []))):
            with self.subTest(more), self.assertRaises(ProtocolError):
                parse(**more)


class EnvironmentTest(unittest.TestCase):
    def test_ordinary_variables_pass(self) -> None:
        variables = {"A": "", "_x1": "a=b; $HOME\n", "TZ": "Asia/Tokyo", "api_key": "ünï 😀", "path": "lower case", "LDAP": "x",
                     "HOMEPAGE": "x"}
        self.assertEqual(check_environment(variables), variables)

    def test_names_that_are_none_are_refused(self) -> None:
        for name in ("", "A=B", "1A", "A-B", "A B", "A\n", "\nA", "Ä", "A\0", "=", "ا"):
            with self.subTest(name), self.assertRaises(ProtocolError):
                check_environment({name: "x"})

    def test_names_the_sandbox_depends_on_are_refused(self) -> None:
        for name in ("PATH", "HOME", "USER", "LOGNAME", "LANG", "PWD", "MPLBACKEND", "MPLCONFIGDIR", "OMP_NUM_THREADS",
                     "OPENBLAS_NUM_THREADS",
                     "NUMEXPR_MAX_THREADS", "LD_PRELOAD", "LD_LIBRARY_PATH", "LD_", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHON",
                     "GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH", "MALLOC_CHECK_"):
            with self.subTest(name), self.assertRaisesRegex(ProtocolError, name):
                check_environment({name: "x"})

    def test_values_that_cannot_be_set_are_refused(self) -> None:
        for value in ("a\0b", "\0", "\ud800", "\udcff", None, 1, True, ["x"], {}):
            with self.subTest(value), self.assertRaises(ProtocolError):
                check_environment({"A": value})

    def test_the_size_has_a_limit(self) -> None:
        fits = {"A": "x" * (64 * 1024 - 3)}
        self.assertEqual(check_environment(fits), fits)
        for variables in ({"A": "x" * (64 * 1024 - 2)}, {"A": "ü" * 32 * 1024}, {f"A{number}": "" for number in range(257)}):
            with self.subTest(len(variables)), self.assertRaises(ProtocolError):
                check_environment(variables)
