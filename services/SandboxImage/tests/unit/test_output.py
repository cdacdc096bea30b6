import fcntl
import os
import unittest

from supervisor.output import Output


class Channel:
    def __init__(self) -> None:
        self.sent = b""

    def send(self, frame_type: str, payload: bytes) -> None:
        self.sent += payload


class OutputTest(unittest.TestCase):
    def setUp(self) -> None:
        self.readable, self.writable = os.pipe()
        self.addCleanup(os.close, self.writable)

    def output(self, keep: int = 100_000) -> Output:
        self.channel = Channel()
        output = Output(self.readable, "O", keep, self.channel)
        self.addCleanup(output.close)
        return output

    def test_a_line_may_wait_for_more_and_a_full_pipe_may_not(self) -> None:
        for capacity in (65536, 4096):
            with self.subTest(capacity=capacity):
                fcntl.fcntl(self.writable, fcntl.F_SETPIPE_SZ, capacity)
                output = Output(self.readable, "O", 10, Channel())
                os.write(self.writable, b"a line\n")
                self.assertFalse(output.pump())
                os.write(self.writable, b"x" * capacity)
                self.assertTrue(output.pump())
                output.drain()

    def test_what_is_over_the_limit_is_counted_and_not_sent(self) -> None:
        output = self.output(keep=4)
        os.write(self.writable, b"12345678")
        output.drain()
        self.assertEqual((output.count, self.channel.sent), (8, b"1234"))


if __name__ == "__main__":
    unittest.main()
