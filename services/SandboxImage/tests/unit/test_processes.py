import unittest

from supervisor.processes import Processes, ProcessesLeft


class ProcessesTest(unittest.TestCase):
    def test_nothing_is_killed_outside_of_a_sandbox(self) -> None:
        with self.assertRaises(ProcessesLeft):
            Processes(0).kill_all()
