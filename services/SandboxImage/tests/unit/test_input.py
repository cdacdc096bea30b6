import os
import unittest

from supervisor.input import Input

MIB = 1 << 20


class InputTest(unittest.TestCase):
    def open(self, data: bytes = b"", more: bool = True) -> Input:
        self.readable, writable = os.pipe()
        item = Input(writable, data, more)
        self.addCleanup(item.close)
        self.addCleanup(lambda: self.readable >= 0 and os.close(self.readable))
        return item

    def close_reader(self) -> None:
        os.close(self.readable)
        self.readable = -1

    def test_without_more_it_ends_with_its_data(self) -> None:
        item = self.open(b"data", more=False)
        self.assertTrue(item.waiting)
        self.assertFalse(item.pump())
        self.assertEqual(os.read(self.readable, 10), b"data")

    def test_without_data_it_only_has_to_be_closed(self) -> None:
        item = self.open(more=False)
        self.assertTrue(item.waiting)
        self.assertFalse(item.pump())

    def test_with_more_it_stays_open_and_asks_for_nothing(self) -> None:
        item = self.open(b"a")
        self.assertTrue(item.pump())
        self.assertFalse(item.waiting)
        item.append(b"b")
        self.assertTrue(item.waiting)
        self.assertTrue(item.pump())
        self.assertEqual(os.read(self.readable, 10), b"ab")
        item.finish()
        self.assertTrue(item.waiting)
        self.assertFalse(item.pump())

    def test_it_is_full_beyond_a_limit_until_the_code_has_read(self) -> None:
        item = self.open()
        item.append(bytes(MIB))
        self.assertFalse(item.full)
        item.append(b"x")
        self.assertTrue(item.full)
        self.assertTrue(item.pump())
        self.assertFalse(item.full)

    def test_what_came_with_the_request_does_not_make_it_full(self) -> None:
        item = self.open(bytes(5 * MIB))
        self.assertFalse(item.full)
        item.append(bytes(MIB))
        self.assertFalse(item.full)
        item.append(b"x")
        self.assertTrue(item.full)

    def test_everything_arrives_in_order_through_a_small_pipe(self) -> None:
        data, seen = os.urandom(300_000), b""
        item = self.open(data[:100_000])
        item.append(data[100_000:200_000])
        item.append(data[200_000:])
        item.finish()
        item.append(b"late")
        while item.pump():
            seen += os.read(self.readable, 1 << 16)
        item.close()
        while piece := os.read(self.readable, 1 << 16):
            seen += piece
        self.assertEqual(seen, data)

    def test_a_reader_that_is_gone_ends_it(self) -> None:
        item = self.open(bytes(2 * MIB))
        self.close_reader()
        self.assertFalse(item.pump())
        item.close()
        item.append(bytes(3 * MIB))
        item.finish()
        self.assertEqual((item.full, item.waiting, item.fd), (False, False, -1))
