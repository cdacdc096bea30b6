import unittest
from unittest import mock

from supervisor.cpu_limit import CpuLimit


class Meter:
    used = 0.0
    looks = 0

    def cpu_seconds(self) -> float:
        self.looks += 1
        return self.used


class CpuLimitTest(unittest.TestCase):
    def setUp(self) -> None:
        self.meter = Meter()

    def limit(self, seconds: float | None, cpus: int = 2) -> CpuLimit:
        with mock.patch("os.sched_getaffinity", return_value=set(range(cpus))):
            return CpuLimit(seconds, self.meter, 100.0)

    def test_without_a_limit_nobody_looks(self) -> None:
        self.meter.used = 1e9
        self.assertEqual(self.limit(None).left(1e9), float("inf"))
        self.assertEqual(self.meter.looks, 0)

    def test_nobody_looks_before_it_can_be_reached(self) -> None:
        limit = self.limit(10)
        self.meter.used = 11.0
        self.assertEqual((limit.left(100), limit.left(104.9), self.meter.looks), (5, mock.ANY, 0))
        self.assertEqual((limit.left(105), self.meter.looks), (0, 1))

    def test_the_wait_shrinks_with_what_is_left_but_not_below_a_bound(self) -> None:
        limit = self.limit(10)
        self.meter.used = 6.0
        self.assertEqual(limit.left(105), 2)
        self.meter.used = 9.9999
        self.assertAlmostEqual(limit.left(107), 0.01)
        self.assertAlmostEqual(limit.left(107.004), 0.006)
        self.assertEqual(self.meter.looks, 2)

    def test_an_idle_program_costs_few_looks(self) -> None:
        limit, now = self.limit(1), 100.0
        while now < 200:
            now += limit.left(now)
        self.assertLessEqual(self.meter.looks, 201)

    def test_one_busy_program_is_met_close_to_the_limit(self) -> None:
        limit, now = self.limit(5), 100.0
        while (left := limit.left(now)) > 0:
            now += left
            self.meter.used = now - 100
        self.assertGreaterEqual(self.meter.used, 5)
        self.assertLess(self.meter.used, 5.03)
        self.assertLess(self.meter.looks, 20)
