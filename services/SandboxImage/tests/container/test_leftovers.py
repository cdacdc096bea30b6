"""What the code leaves behind when all of its processes are dead does not keep the supervisor from its work."""

import unittest

from tests.container.sandbox import execute

# Pipes in flight within sockets that are in flight within each other: the kernel finds them when it looks for such, at some later time, and
# each then sends the signal that its owner is to get.
SIGNALS = """
import array, fcntl, os, socket
def send_to_the_supervisor(fd):
    fcntl.fcntl(fd, fcntl.F_SETOWN, 1)
    fcntl.fcntl(fd, fcntl.F_SETSIG, NUMBER)
    fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)
for number in range(90): open('f%d' % number, 'wb').write(b'x' * 100_000)
for _ in range(100):
    pipe = os.pipe()
    for fd in pipe: send_to_the_supervisor(fd)
    os.write(pipe[1], b'x')
    pair = socket.socketpair()
    for one, other in (pair, pair[::-1]):
        one.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [other.fileno(), *pipe]))])
    for fd in pipe: os.close(fd)
for fd in (0, 1, 2): send_to_the_supervisor(fd)
os._exit(4)
"""

FULL = """
import ctypes, os
open('kept.txt', 'w').write('kept')
for number in range(15_000): os.close(os.open('n' * 240 + '%06d' % number, os.O_CREAT | os.O_WRONLY))
group = '/sys/fs/cgroup/'
used, limit = 'memory.current', 'memory.max'
if not os.path.exists(group + limit):
    used, limit = 'memory/memory.usage_in_bytes', 'memory/memory.limit_in_bytes'
def left(): return int(open(group + limit).read()) - int(open(group + used).read())
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
def take(size):
    FILL
for size in (1 << 20, 1 << 16):
    while left() > ROOM + 2 * size: take(size)
os.execv('/bin/true', ['true'])
"""
SEGMENT = """
    segment = libc.shmget(0, size, 0o1600)
    address = libc.shmat(segment, None, 0)
    ctypes.memset(address, 1, size)
    libc.shmdt(ctypes.c_void_p(address))
"""
FILE = "open('/tmp/full', 'ab').write(b'x' * size)"


class LeftoversTest(unittest.TestCase):
    def test_files_that_send_signals_reach_nobody(self) -> None:
        for number in (15, 2, 9):
            with self.subTest(number):
                result = execute(SIGNALS.replace("NUMBER", str(number)))
                self.assertEqual((result.exit["exit_code"], len(result.files)), (4, 90))

    def test_memory_that_is_full_of_them_costs_no_files(self) -> None:
        for fill in (SEGMENT, FILE):
            for room in (100_000, 600_000):
                with self.subTest(fill, room=room):
                    code = FULL.replace("FILL", fill.strip()).replace("ROOM", str(room))
                    result = execute(code, memory="160m" if fill is FILE else "256m", wall_time_seconds=60)
                    self.assertEqual(result.files.get("kept.txt"), b"kept")
                    self.assertEqual(result.done["files"] + result.done["skipped"], 15_001)
