import fcntl
import os
import unittest
from unittest import mock

from supervisor.frames import ChannelClosed, Frame, FrameReader, FrameWriter, ProtocolError


class FramesTest(unittest.TestCase):
    def setUp(self) -> None:
        readable, self.writable = os.pipe()
        fcntl.fcntl(self.writable, fcntl.F_SETPIPE_SZ, 256 * 1024)
        self.reader, self.writer = FrameReader(readable), FrameWriter(self.writable)

    def tearDown(self) -> None:
        os.close(self.reader.fd)
        if self.writable >= 0:
            os.close(self.writable)

    def close_writer(self) -> None:
        os.close(self.writable)
        self.writable = -1

    def test_what_is_written_is_read(self) -> None:
        self.writer.send("D", b"\x00\xffbytes")
        self.writer.send_json("S", {})
        self.assertEqual(self.reader.read(), Frame("D", b"\x00\xffbytes"))
        self.assertEqual(self.reader.read().json(), {})

    def test_the_wire_format_is_type_and_big_endian_length(self) -> None:
        self.writer.send("O", b"abc")
        self.assertEqual(os.read(self.reader.fd, 100), b"O\x00\x00\x00\x03abc")

    def test_a_frame_in_pieces_is_complete_only_at_its_end(self) -> None:
        for byte in b"I\x00\x00\x00\x02{":
            os.write(self.writable, bytes([byte]))
            self.reader.fill()
            self.assertIsNone(self.reader.pop())
        os.write(self.writable, b"}X")
        self.reader.fill()
        self.assertEqual(self.reader.pop(), Frame("I", b"{}"))

    def test_a_frame_with_more_to_come_goes_with_what_follows(self) -> None:
        os.set_blocking(self.reader.fd, False)
        buffer = bytearray(b"abc")
        self.writer.send("D", memoryview(buffer)[:2], more=True)
        buffer[:] = b"xyz"
        with self.assertRaises(BlockingIOError):
            os.read(self.reader.fd, 100)
        self.writer.send("H", b"")
        self.assertEqual(os.read(self.reader.fd, 100), b"D\x00\x00\x00\x02abH\x00\x00\x00\x00")

    def test_frames_wait_for_a_piece_of_them_at_most(self) -> None:
        sent = [bytes([number]) * 40_000 for number in range(5)]
        received = []
        for payload in sent:
            self.writer.send("D", payload, more=True)
            self.assertLess(self.writer.pending, 64 * 1024)
            if not self.writer.pending:
                self.reader.fill()
                while (frame := self.reader.pop()) is not None:
                    received.append(frame.payload)
        self.assertEqual(received, sent[:len(received)])
        self.assertGreater(len(received), 1)

    def test_many_small_frames_come_in_their_order(self) -> None:
        sent = [str(number).encode() for number in range(5_000)]
        for payload in sent:
            self.writer.send("D", payload, more=True)
        self.writer.send("Z", b"")
        received = [self.reader.read() for _ in range(len(sent) + 1)]
        self.assertEqual([frame.payload for frame in received], [*sent, b""])

    def test_after_an_exception_in_the_middle_nobody_knows_what_was_written(self) -> None:
        def write_and_fail(fd: int, pieces: list[memoryview]) -> int:
            os.write(fd, pieces[0])
            raise KeyboardInterrupt
        with mock.patch("supervisor.frames.os.writev", write_and_fail), self.assertRaises(KeyboardInterrupt):
            self.writer.send("D", b"abc")
        self.assertFalse(self.writer.intact)

    def test_after_half_a_frame_in_the_queue_too(self) -> None:
        with mock.patch.object(self.writer, "_put", side_effect=[None, MemoryError]), self.assertRaises(MemoryError):
            self.writer.send("D", b"abc", more=True)
        self.assertFalse(self.writer.intact)

    def test_a_channel_that_is_full_for_now_leaves_it_intact(self) -> None:
        os.set_blocking(self.writable, False)
        for _ in range(10):
            self.writer.send("O", b"x" * 50_000)
        self.assertGreater(self.writer.pending, 0)
        self.assertTrue(self.writer.intact)

    def test_too_long_a_frame_is_refused_before_it_is_read(self) -> None:
        os.write(self.writable, b"D\x00\x10\x00\x01")
        with self.assertRaises(ProtocolError):
            self.reader.read()

    def test_the_end_of_the_channel_is_told(self) -> None:
        os.write(self.writable, b"D\x00")
        self.close_writer()
        with self.assertRaises(ChannelClosed):
            self.reader.read()

    def test_json_that_is_not_an_object_breaks_the_protocol(self) -> None:
        for payload in (b"[]", b"nonsense", b"\xff", b""):
            with self.subTest(payload), self.assertRaises(ProtocolError):
                Frame("I", payload).json()

    def test_a_full_channel_keeps_frames_in_order(self) -> None:
        os.set_blocking(self.writable, False)
        sent = [bytes([number]) * 50_000 for number in range(10)]
        for payload in sent:
            self.writer.send("O", payload)
        self.assertGreater(self.writer.pending, 0)
        received = []
        while len(received) < len(sent):
            self.reader.fill()
            self.writer.flush()
            while (frame := self.reader.pop()) is not None:
                received.append(frame.payload)
        self.assertEqual(received, sent)
        self.assertEqual(self.writer.pending, 0)
