"""Files go in under their names and come out with one outcome each."""

import unittest

from tests.container.sandbox import UID, Sandbox, execute


class FilesTest(unittest.TestCase):
    def test_inputs_are_there_and_belong_to_the_code(self) -> None:
        result = execute(
            "import os\nfor base, _, names in sorted(os.walk('.')):\n    for name in sorted(names):\n"
            "        path = os.path.join(base, name)\n        print(path, open(path).read(), os.stat(path).st_uid)\n",
            files=(("a.csv", "1", b"one"), ("a.csv", "2", b"two"), ("d/e/ü.txt", "3", b"three"), ("empty", "4", b"")))
        self.assertEqual(result.stdout, f"./a (2).csv two {UID}\n./a.csv one {UID}\n./empty  {UID}\n./d/e/ü.txt three {UID}\n")
        self.assertEqual((result.files, result.done), ({}, {"files": 0, "skipped": 0}))

    def test_inputs_that_have_no_room_are_told_and_taken_on(self) -> None:
        with Sandbox(extra=("--tmpfs", f"/mnt/data:rw,noexec,nosuid,nodev,size=1m,uid={UID},gid={UID},mode=0755")) as sandbox:
            sandbox.expect("R")
            sandbox.send_item("code", b"1")
            for number in range(8):
                sandbox.send_item("file", bytes(1 << 20), path=f"{number}.bin", file_id=f"{number}")
            sandbox.send_execute()
            self.assertEqual(sandbox.expect("!")["reason"], "no_room")

    def test_changed_inputs_come_back_with_their_origin(self) -> None:
        result = execute("open('a', 'a').write('!')\nopen('new', 'w').close()", files=(("a", "id-a", b"one"), ("b", "id-b", b"two")))
        self.assertEqual((result.files, result.modified_from), ({"a": b"one!", "new": b""}, {"a": "id-a", "new": None}))

    def test_a_big_file_comes_whole(self) -> None:
        result = execute("import os\nopen('big.bin', 'wb').write(bytes(range(256)) * (20 << 12))")
        self.assertEqual(len(result.files["big.bin"]), 20 << 20)

    def test_nothing_hostile_costs_the_good_file(self) -> None:
        result = execute(
            "import os, socket\n"
            "open('good.txt', 'w').write('good')\n"
            "os.symlink('/etc/passwd', 'passwd'); os.symlink('/', 'root'); os.mkfifo('fifo')\n"
            "socket.socket(socket.AF_UNIX).bind('socket')\n"
            "os.truncate(os.open('sparse', os.O_CREAT | os.O_WRONLY), 1 << 36)\n"
            "open(b'bad\\xc3', 'w').close(); open('new\\nline', 'w').close()\n"
            "os.mkdir('closed'); open('closed/secret', 'w').write('mine'); os.chmod('closed/secret', 0); os.chmod('closed', 0)\n"
            "for _ in range(1200): os.mkdir('deep'); os.chdir('deep')\n"
            "os.chmod('/mnt/data', 0)\n")
        self.assertEqual((result.stderr, result.exit["exit_code"]), ("", 0))
        self.assertEqual(result.files, {"good.txt": b"good", "closed/secret": b"mine"})
        deep = [path for path in result.skipped if path.startswith("deep/")]
        self.assertEqual([result.skipped.pop(path) for path in deep], ["bad_name"])
        self.assertEqual(result.skipped, {
            "passwd": "link", "root": "link", "fifo": "special_file", "socket": "special_file", "sparse": "too_large",
            "bad\ufffd": "bad_name", "new\ufffdline": "bad_name"})
        self.assertEqual(result.sizes["sparse"], 1 << 36)

    def test_a_directory_full_of_files(self) -> None:
        result = execute("try:\n    for n in range(100_000): open(f'{n:05}', 'w').close()\nexcept OSError as error: print(error.errno)")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("28\n", 0))
        self.assertEqual((len(result.files), len(result.skipped), result.done["files"]), (100, 50, 100))
        self.assertGreater(result.done["skipped"], 16_000)

    def test_a_failed_program_still_delivers(self) -> None:
        for end in ("1 / 0", "import os; os.abort()", "import ctypes; ctypes.string_at(0)"):
            with self.subTest(end):
                self.assertEqual(execute(f"open('a', 'w').write('x')\n{end}").files, {"a": b"x"})

    def test_a_broken_request_is_a_failure_that_says_why(self) -> None:
        for path in ("../x", "/etc/x", "a/../../x", ""):
            with self.subTest(path), Sandbox() as sandbox:
                sandbox.expect("R")
                sandbox.send_item("file", b"", path=path, file_id="id")
                self.assertIn("path", sandbox.expect("!")["message"])
                self.assertNotEqual(sandbox.process.wait(30), 0)
