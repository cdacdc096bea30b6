"""Time, memory, processes: what goes beyond is stopped, named, and leaves nothing behind."""

import unittest

from tests.container.sandbox import SLOWNESS, Sandbox, execute

ESCAPE = """
import os, signal, sys
for number in set(range(1, 65)) - {signal.SIGCHLD}:
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for index in range(1, 10 ** 9):
            open('/mnt/data/alive', 'w').write(str(index))
    os._exit(0)
os.wait()
while not os.path.exists('/mnt/data/alive'): pass
"""


class TimeTest(unittest.TestCase):
    def test_an_endless_loop_ends_at_the_limit_with_what_it_printed(self) -> None:
        result = execute("print('before')\nopen('a', 'w').write('x')\nwhile True: pass", wall_time_seconds=0.5 * SLOWNESS)
        self.assertEqual((result.exit["killed_by"], result.exit["signal"], result.exit["exit_code"]), ("wall_time", 9, None))
        self.assertEqual((result.stdout, result.files), ("before\n", {"a": b"x"}))
        self.assertGreaterEqual(result.exit["wall_seconds"], 0.5)
        self.assertLess(result.exit["wall_seconds"], 5 * SLOWNESS)

    def test_cpu_time_of_grandchildren_counts(self) -> None:
        burn = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\n"
        for name, wrap in (
                ("waited for", f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', '''{burn}'''])"),
                ("ignored", "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nif os.fork() == 0:\n"
                 + "".join(f"    {line}\n" for line in burn.splitlines()) + "    os._exit(0)\ntry: os.wait()\nexcept OSError: pass")):
            with self.subTest(name):
                used = execute(wrap).exit
                self.assertGreaterEqual(used["cpu_user_seconds"] + used["cpu_system_seconds"], 0.35)

    def test_the_runner_can_cancel(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("print('up')\nwhile True: pass")
            sandbox.read_output_until(b"up\n")
            sandbox.write_json("K", {"killed_by": "cancellation"})
            result = sandbox.finish()
        self.assertEqual((result.exit["killed_by"], result.exit["signal"]), ("cancellation", 9))

    def test_a_runner_that_is_gone_ends_the_sandbox(self) -> None:
        with Sandbox() as sandbox:
            sandbox.send_request("print('up')\nwhile True: pass")
            sandbox.read_output_until(b"up\n")
            sandbox.process.stdin.close()
            self.assertEqual(sandbox.process.wait(30), 0)

    def test_a_waiting_sandbox_ends_with_its_runner(self) -> None:
        with Sandbox() as sandbox:
            sandbox.expect("R")
            sandbox.process.stdin.close()
            self.assertEqual(sandbox.process.wait(30), 0)


class MemoryTest(unittest.TestCase):
    def test_a_growing_list_is_out_of_memory(self) -> None:
        result = execute("print('start')\ndata = []\nwhile True: data.append(bytearray(1 << 20))", memory="128m")
        self.assertEqual((result.exit["killed_by"], result.exit["signal"], result.stdout), ("memory", 9, "start\n"))
        self.assertGreater(result.exit["peak_memory_bytes"], 100 << 20)

    def test_a_child_that_dies_of_memory_is_only_a_failed_child(self) -> None:
        result = execute(
            "import os\nif os.fork() == 0:\n    data = []\n    while True: data.append(bytearray(1 << 20))\n"
            "print(os.waitstatus_to_exitcode(os.wait()[1]))", memory="128m")
        self.assertEqual((result.exit["killed_by"], result.exit["exit_code"], result.stdout), (None, 0, "-9\n"))
        self.assertEqual(result.exit["oom_kills"], 1)

    def test_a_memory_error_is_an_ordinary_exception(self) -> None:
        result = execute("import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))\nx = bytearray(1 << 30)")
        self.assertEqual((result.exit["killed_by"], result.exit["exit_code"]), (None, 1))
        self.assertIn("MemoryError", result.stderr)

    def test_a_huge_untouched_mapping_harms_nobody(self) -> None:
        self.assertIsNone(execute("import mmap\ntry: m = mmap.mmap(-1, 1 << 42)\nexcept OSError: pass").exit["killed_by"])

    def test_shared_memory_overflow_ends_only_the_code(self) -> None:
        result = execute("import mmap, os\nf = os.open('/dev/shm/x', os.O_RDWR | os.O_CREAT)\nos.ftruncate(f, 1 << 28)\n"
                         "m = mmap.mmap(f, 1 << 28)\nfor i in range(0, 1 << 28, 4096): m[i] = 1")
        self.assertEqual((result.exit["signal"], result.exit["killed_by"]), (7, None))

    def test_a_full_directory_is_an_error_of_the_code_and_the_rest_still_comes(self) -> None:
        result = execute(
            "open('a_good', 'w').write('x')\ntry:\n    with open('big', 'wb') as f:\n        while True: f.write(bytes(1 << 20))\n"
            "except OSError as error: print(error.errno)", memory="1g")
        self.assertEqual((result.stdout, result.files, result.skipped), ("28\n", {"a_good": b"x"}, {"big": "too_large"}))


class ProcessesTest(unittest.TestCase):
    def test_daemons_that_ignore_signals_are_gone_before_the_harvest(self) -> None:
        with Sandbox() as sandbox:
            result = sandbox.execute(ESCAPE)
        self.assertEqual(result.exit["exit_code"], 0)
        self.assertEqual(set(result.files), {"alive"})

    def test_stopped_processes_are_gone_too(self) -> None:
        result = execute("import os, signal\npid = os.fork()\nif pid == 0:\n    while True: signal.pause()\n"
                         "os.kill(pid, signal.SIGSTOP)\nos.waitpid(pid, os.WUNTRACED)\nprint('stopped')")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("stopped\n", 0))

    def test_a_main_process_that_stops_itself_meets_the_limit(self) -> None:
        result = execute("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", wall_time_seconds=0.5)
        self.assertEqual(result.exit["killed_by"], "wall_time")

    def test_a_fork_bomb_meets_the_limit(self) -> None:
        result = execute("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", wall_time_seconds=1, pids=64)
        self.assertEqual(result.exit["killed_by"], "wall_time")

    def test_a_thread_bomb_is_an_error_of_the_code(self) -> None:
        result = execute("import threading\nlock = threading.Event()\n"
                         "try:\n    while True: threading.Thread(target=lock.wait, daemon=True).start()\n"
                         "except RuntimeError: print('no more')", pids=64)
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("no more\n", 0))

    def test_zombies_are_reaped_while_the_code_runs(self) -> None:
        result = execute(
            "import os, time\nfor _ in range(300):\n    pid = os.fork()\n    if pid == 0:\n        if os.fork() == 0: os._exit(0)\n"
            "        os._exit(0)\n    os.waitpid(pid, 0)\nprint('all')", pids=64)
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("all\n", 0))

    def test_a_child_that_holds_stdout_open_does_not_hold_up_the_end(self) -> None:
        result = execute("import os, signal\nif os.fork() == 0:\n    while True: signal.pause()\nprint('end')")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("end\n", 0))
        self.assertLess(result.exit["wall_seconds"], 5)

    def test_signals_do_not_reach_the_supervisor(self) -> None:
        result = execute(
            "import os, signal\nfor number in range(1, 65):\n    for pid in (1, os.getppid()):\n"
            "        try: os.kill(pid, number); print('sent')\n        except PermissionError: pass\n"
            "try: os.kill(-1, signal.SIGKILL)\nexcept OSError: pass\nprint('done')")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("done\n", 0))

    def test_no_descriptor_is_left_to_the_code_and_none_can_be_taken(self) -> None:
        result = execute(
            "import os\nfor fd in range(3, 256):\n    try: os.write(fd, b'x'); print('wrote', fd)\n    except OSError: pass\n"
            "for name in ('environ', 'mem', 'maps', 'fd/0', 'fd/1', 'fd/3', 'fd/4', 'root/etc/passwd'):\n"
            "    try: open('/proc/1/' + name, 'rb+').read(1); print('opened', name)\n    except OSError: pass\n"
            "try: os.pidfd_open(1); print('pidfd', __import__('signal').pidfd_send_signal(os.pidfd_open(1), 9))\n"
            "except OSError: pass")
        self.assertEqual((result.stdout.replace("pidfd\n", ""), result.exit["exit_code"]), ("", 0))

    def test_descriptors_have_a_limit(self) -> None:
        result = execute("import os\nheld = []\ntry:\n    while True: held.append(os.dup(0))\nexcept OSError as error: print(error.errno)")
        self.assertEqual((result.stdout, result.exit["exit_code"]), ("24\n", 0))

    def test_no_core_file_is_written(self) -> None:
        self.assertEqual(execute("import os; os.abort()").files, {})
