import tempfile
import unittest
from pathlib import Path
from unittest import mock

from supervisor import leftovers, libc

_REMOVE = 0


class LeftoversTest(unittest.TestCase):
    """Against a list as the kernel keeps it, for what is really there is not this test's to remove."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.lists = Path(folder.name)
        self.ids = {"shm": list(range(300)), "sem": [7, 1 << 30]}
        self.foreign = {5}
        self.write()
        for name, answer in (("shmctl", self.remove_segment), ("semctl", self.remove_semaphores)):
            patch = mock.patch.object(libc, name, answer)
            patch.start()
            self.addCleanup(patch.stop)

    def write(self) -> None:
        for kind, ids in self.ids.items():
            lines = [f"{0:10} {number:10}  1600   4096 1 1  0  1000  1000\n" for number in ids]
            (self.lists / kind).write_text("       key      id perms   size cpid lpid nattch uid gid\n" + "".join(lines))

    def remove_segment(self, number: int, command: int, _: None) -> int:
        return self.remove("shm", number, command)

    def remove_semaphores(self, number: int, _: int, command: int) -> int:
        return self.remove("sem", number, command)

    def remove(self, kind: str, number: int, command: int) -> int:
        if number in self.foreign or command != _REMOVE:
            return -1
        self.ids[kind].remove(number)
        self.write()
        return 0

    def test_all_that_may_be_removed_is_however_long_the_list(self) -> None:
        leftovers.remove_leftovers(str(self.lists))
        self.assertEqual(self.ids, {"shm": [5], "sem": []})

    def test_lists_that_are_not_there_are_no_error(self) -> None:
        leftovers.remove_leftovers("/nowhere")
        self.assertEqual(len(self.ids["shm"]), 300)
