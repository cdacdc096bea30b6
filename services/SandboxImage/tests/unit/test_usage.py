import os
import signal
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from supervisor.usage import UsageMeter


class UsageMeterTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def put(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(exist_ok=True)
        (self.root / name).write_text(text)

    def test_version_1_files_are_read(self) -> None:
        self.put("memory/memory.max_usage_in_bytes", "12345\n")
        self.put("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n")
        self.put("cpuacct/cpuacct.usage", "1000000000\n")
        meter = UsageMeter(str(self.root))
        self.put("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n")
        self.put("cpuacct/cpuacct.usage", "9000000000\n")
        usage = meter.read()
        self.assertEqual((usage.peak_memory_bytes, usage.oom_kills), (12345, 2))
        self.assertAlmostEqual(usage.cpu_user_seconds, 8, delta=0.5)

    def test_version_2_files_are_read(self) -> None:
        self.put("cgroup.controllers", "cpu memory\n")
        self.put("memory.peak", "777\n")
        self.put("memory.events", "low 0\nhigh 0\nmax 4\noom 1\noom_kill 0\noom_group_kill 0\n")
        self.put("cpu.stat", "usage_usec 1000\nuser_usec 600\nsystem_usec 400\n")
        meter = UsageMeter(str(self.root))
        self.put("memory.events", "low 0\nhigh 0\nmax 4\noom 1\noom_kill 1\noom_group_kill 0\n")
        self.put("cpu.stat", "usage_usec 3001000\nuser_usec 600\nsystem_usec 400\n")
        usage = meter.read()
        self.assertEqual((usage.peak_memory_bytes, usage.oom_kills), (777, 1))
        self.assertAlmostEqual(usage.cpu_user_seconds, 3, delta=0.5)

    def test_cpu_time_so_far_is_the_group_s(self) -> None:
        self.put("cpuacct/cpuacct.usage", "1000000000\n")
        meter = UsageMeter(str(self.root))
        self.put("cpuacct/cpuacct.usage", "3500000000\n")
        self.assertAlmostEqual(meter.cpu_seconds(), 2.5, delta=0.1)
        self.put("cpuacct/cpuacct.usage", "4500000000\n")
        self.assertAlmostEqual(meter.cpu_seconds(), 3.5, delta=0.1)

    def test_what_was_used_before_the_start_does_not_count(self) -> None:
        self.put("memory/memory.oom_control", "oom_kill 1\n")
        self.put("cpuacct/cpuacct.usage", "1000000000\n")
        meter = UsageMeter(str(self.root))
        self.put("memory/memory.oom_control", "oom_kill 2\n")
        self.put("cpuacct/cpuacct.usage", "5000000000\n")
        meter.start()
        self.assertEqual(meter.read().oom_kills, 0)
        self.assertAlmostEqual(meter.cpu_seconds(), 0, delta=0.1)

    def test_without_control_group_processes_are_added_up(self) -> None:
        meter = UsageMeter(str(self.root))
        before = meter.cpu_seconds()
        for ending in (lambda: os._exit(0), signal.pause):
            pid = self.burn(0.2, ending)
            if ending is signal.pause:
                self.addCleanup(os.waitpid, pid, 0)
                self.addCleanup(os.kill, pid, signal.SIGKILL)
            else:
                os.waitpid(pid, 0)
        self.assertGreater(meter.cpu_seconds() - before, 0.3)

    def burn(self, seconds: float, ending: Callable[[], object]) -> int:
        """A child that has used that much CPU time by now."""
        readable, writable = os.pipe()
        pid = os.fork()
        if pid == 0:
            while time.process_time() < seconds:
                pass
            os.close(writable)
            ending()
        os.close(writable)
        os.read(readable, 1)
        os.close(readable)
        return pid

    def test_without_control_group_the_kernel_s_accounting_has_to_do(self) -> None:
        meter = UsageMeter(str(self.root))
        if os.fork() == 0:
            os._exit(0)
        os.wait()
        usage = meter.read()
        self.assertEqual(usage.oom_kills, 0)
        self.assertGreater(usage.peak_memory_bytes, 0)
