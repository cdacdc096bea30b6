"""What the code must not be able to do."""

import unittest

from tests.container.sandbox import UID, Sandbox, execute

CALLS = """
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *args):
    ctypes.set_errno(0)
    result = getattr(libc, name)(*args)
    print(name, *args, 'allowed' if result >= 0 else errno.errorcode[ctypes.get_errno()])
"""


class HardeningTest(unittest.TestCase):
    def test_dangerous_system_calls_are_refused(self) -> None:
        # By number, of x86_64: the C library has no function for some of them.
        numbers = {
            "ptrace": 101, "process_vm_readv": 310, "kcmp": 312, "pidfd_getfd": 438, "mount": 165, "umount2": 166, "pivot_root": 155,
            "chroot": 161, "unshare": 272, "setns": 308, "fsopen": 430, "move_mount": 429, "open_tree": 428, "keyctl": 250, "add_key": 248,
            "request_key": 249, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "io_uring_setup": 425, "open_by_handle_at": 304,
            "name_to_handle_at": 303, "quotactl": 179, "swapon": 167, "reboot": 169, "settimeofday": 164, "clock_settime": 227,
            "sethostname": 170, "iopl": 172, "ioperm": 173, "modify_ldt": 154, "vmsplice": 278, "fanotify_init": 300, "acct": 163,
            "syslog": 103, "init_module": 175, "kexec_load": 246, "seccomp": 317, "landlock_create_ruleset": 444,
        }
        result = execute(
            f"import ctypes, errno, os\nif os.uname().machine != 'x86_64': raise SystemExit\nlibc = ctypes.CDLL(None, use_errno=True)\n"
            f"for name, number in {numbers}.items():\n    ctypes.set_errno(0)\n"
            f"    if libc.syscall(number, 0, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):\n"
            f"        print(name, errno.errorcode.get(ctypes.get_errno()))\n")
        self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("", "", 0))

    def test_namespaces_sockets_and_personalities(self) -> None:
        result = execute(CALLS + (
            "for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000): call('syscall', 56, flag | 17, 0, "
            "0, 0, 0)\n"
            "call('syscall', 435, 0, 0)\n"
            "for family in (16, 17, 38, 40, 44, 15, 29, 33): call('socket', family, 3, 0); call('socketpair', family, 3, 0, (ctypes.c_int "
            "* 2)())\n"
            "for family in (2, 10):\n    for kind, protocol in ((1, 132), (1, 262), (2, 115), (2, 136), (3, 1), (5, 0), (6, 33)): "
            "call('socket', family, kind, protocol)\n"
            "call('syscall', 53, 2, 1, 0, (ctypes.c_int * 2)()); call('prctl', 22, 1, 0, 0, 0); call('syscall', 306, 0)\n"
            "call('personality', 0x20000); call('personality', 0x400000); call('setuid', 0); call('setgid', 0)\n"
            "call('mknod', b'/mnt/data/null', 0o20666, 0x103); call('mknod', b'/mnt/data/disk', 0o60666, 0x800)\n"))
        self.assertNotIn("allowed", result.stdout)
        self.assertIn("syscall 435 0 0 ENOSYS", result.stdout)
        self.assertEqual((result.stderr, result.exit["exit_code"], result.files), ("", 0, {}))

    def test_sockets_that_are_refused_say_what_a_kernel_without_them_says(self) -> None:
        result = execute(CALLS + (
            "for family in (0, 3, 4, 7, 8, 9, 11, 16, 17, 29, 40, 44): call('socket', family, 1, 0)\n"
            "for family in (2, 10):\n"
            "    for kind, protocol in ((1, 0), (1, 6), (2, 0), (2, 17), (0x80801, 6), (0x80802, 17)): call('socket', family, kind, "
            "protocol)\n"
            "    for protocol in (1, 2, 3, 4, 5, 7, 17, 132, 262, -1): call('socket', family, 1, protocol)\n"
            "    for protocol in (1, 2, 4, 6, 8, 16, 18, 33, 58, 115, 136): call('socket', family, 2, protocol)\n"
            "    for kind in (0, 4, 5, 6, 7, 8, 9, 10, 15): call('socket', family, kind, 0)\n"
            "    call('socket', family, 3, 1)\n"
            "for family in (0, 1, 2, 10, 16): call('socketpair', family, 1, 0, (ctypes.c_int * 2)())\n"))
        answers = [line.split()[-1] for line in result.stdout.splitlines()]
        internet = ["allowed"] * 6 + ["EPROTONOSUPPORT"] * 21 + ["ESOCKTNOSUPPORT"] * 9 + ["EPERM"]
        self.assertEqual(answers[:12], ["EAFNOSUPPORT"] * 12)
        self.assertEqual(answers[12:-5], internet * 2)
        self.assertEqual(answers[-5:], ["EAFNOSUPPORT", "allowed", "ENOTSUP", "ENOTSUP", "ENOTSUP"])

    def test_name_look_ups_fail_without_drama(self) -> None:
        result = execute(
            "import socket\nfor look_up in (lambda: socket.getaddrinfo('example.org', 80), socket.if_nameindex,\n"
            "    lambda: socket.create_connection(('169.254.169.254', 80), 2), lambda: socket.create_connection(('127.0.0.1', 1), 2)):\n"
            "    try: look_up(); print('worked')\n    except OSError: print('refused')\n"
            "a = socket.create_server(('127.0.0.1', 0)); b = socket.create_connection(a.getsockname()); print('loopback')")
        self.assertEqual(result.stdout, "refused\n" * 4 + "loopback\n")

    def test_no_privilege_is_left_or_can_be_had(self) -> None:
        result = execute(
            "import os\nstatus = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
            "print([int(status[name], 16) for name in ('CapInh', 'CapPrm', 'CapEff', 'CapAmb')], status['NoNewPrivs'].strip(),"
            " status['Seccomp'].strip(), status['Groups'].split(), set(status['Uid'].split()), set(status['Gid'].split()))\n"
            "found = []\nfor base, folders, names in os.walk('/usr'):\n    for name in names:\n"
            "        try: mode = os.lstat(os.path.join(base, name)).st_mode\n        except OSError: continue\n"
            "        if mode & 0o6000 and not os.path.islink(os.path.join(base, name)): found.append(name)\nprint(found)\n")
        self.assertEqual(result.stdout, f"[0, 0, 0, 0] 1 2 [] {{'{UID}'}} {{'{UID}'}}\n[]\n")

    def test_what_the_kernel_counts_for_the_user_is_nobody_elses(self) -> None:
        with Sandbox(uid=UID + 1) as greedy:
            greedy.send_request(
                "import array, os, socket\nfd, held = os.open('/dev/null', os.O_RDONLY), []\ntry:\n    while True:\n"
                "        held.append(socket.socketpair())\n"
                "        held[-1][0].sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [fd] * 250))])\n"
                "except OSError as error: print(error.errno, flush=True)\nwhile True: os.read(0, 1) or os.kill(os.getpid(), 19)")
            greedy.read_output_until(b"109\n")
            result = execute(
                "import array, socket\na, b = socket.socketpair()\n"
                "a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))])\nprint('passed')")
        self.assertEqual((result.stdout, result.stderr), ("passed\n", ""))

    def test_no_program_of_the_host_can_be_started_for_a_core_dump(self) -> None:
        result = execute(CALLS + (
            "import resource\nnow = resource.getrlimit(resource.RLIMIT_CORE)\nprint(now)\nlimit = (ctypes.c_ulong * 2)(0, 0)\n"
            "for number in (4, 4 | 1 << 32, 4 | 1 << 63):\n    call('syscall', 160, ctypes.c_ulong(number), limit)\n"
            "    call('syscall', 302, 0, ctypes.c_ulong(number), limit, 0)\n"
            "try: resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\nexcept ValueError: pass\n"
            "print(now == resource.getrlimit(resource.RLIMIT_CORE))\n"
            "for name in ('NOFILE', 'AS', 'STACK', 'CPU', 'FSIZE', 'DATA', 'NPROC'):\n    number = getattr(resource, 'RLIMIT_' + name)\n"
            "    resource.setrlimit(number, resource.getrlimit(number))\n"))
        self.assertNotIn("allowed", result.stdout)
        self.assertEqual((result.stdout.splitlines()[0], result.stdout.splitlines()[-1], result.stderr), ("(1, 1)", "True", ""))

    def test_only_the_working_places_can_be_written_and_nothing_there_runs(self) -> None:
        result = execute(
            "import os, shutil, subprocess\nfor place in ('/', '/etc', '/opt/supervisor', '/usr/lib/python3/dist-packages', "
            "'/sys/fs/cgroup',"
            " '/proc/sys/kernel', '/var/tmp', '/dev', '/run'):\n"
            "    try: open(place + '/x', 'w'); print('wrote', place)\n    except OSError: pass\n"
            "for place in ('/mnt/data', '/tmp', '/home/sandbox', '/dev/shm'):\n"
            "    shutil.copy('/bin/true', place + '/true'); os.chmod(place + '/true', 0o755)\n"
            "    try: subprocess.run([place + '/true']); print('ran', place)\n    except PermissionError: pass\n"
            "os.unlink('/mnt/data/true')")
        self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("", "", 0))

    def test_random_system_calls_do_not_harm_the_supervisor(self) -> None:
        result = execute(
            "import ctypes, os, random\nlibc = ctypes.CDLL(None)\nopen('good', 'w').write('x')\nfor _ in range(30):\n"
            "    if os.fork() == 0:\n"
            "        random.seed()\n        for _ in range(2000):\n"
            "            libc.syscall(random.randrange(460), *(ctypes.c_long(random.choice((0, 1, -1, 3, 1 << 40, "
            "random.getrandbits(63)))) for _ in range(6)))\n"
            "        os._exit(0)\n", wall_time_seconds=5)
        self.assertEqual(set(result.exit) >= {"exit_code", "signal"}, True)
        self.assertEqual(result.files.get("good"), b"x")
