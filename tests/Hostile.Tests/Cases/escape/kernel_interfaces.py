#: Interfaces of known escapes: bpf, userfaultfd, io_uring, keyrings, perf events, file handles
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
room, path, me = ctypes.create_string_buffer(256), ctypes.create_string_buffer(b'/tmp'), os.getpid()
map_of_one = (ctypes.c_uint32 * 32)(2, 4, 4, 1)
calls = {'bpf': (321, 0, map_of_one, 72), 'userfaultfd': (323, 0x80001), 'io_uring_setup': (425, 8, room),
         'io_uring_enter': (426, 0, 1, 1, 0, 0, 0),
         'io_uring_register': (427, 0, 0, 0, 0), 'keyctl': (250, 0, -3, 1), 'add_key': (248, b'user', b'x', b'x', 1, -2),
         'request_key': (249, b'user', b'x', 0, -2), 'perf_event_open': (298, room, 0, -1, -1, 0),
         'open_by_handle_at': (304, -100, room, 0),
         'name_to_handle_at': (303, -100, path, room, room, 0), 'kcmp': (312, me, me, 0, 0, 0), 'vmsplice': (278, os.pipe()[1], room, 0, 0),
         'fanotify_init': (300, 0x200, 0), 'quotactl': (179, 0x800002, path, 0, room), 'kexec_load': (246, 0, 0, 0, 0),
         'init_module': (175, room, 256, b''),
         'finit_module': (313, 0, b'', 0), 'delete_module': (176, b'x', 0), 'iopl': (172, 3), 'ioperm': (173, 0x80, 1, 1),
         'modify_ldt': (154, 0, room, 16),
         'acct': (163, path), 'swapon': (167, path, 0), 'pidfd_getfd': (438, os.pidfd_open(me), 0, 0),
         'process_vm_readv': (310, me, room, 0, room, 0, 0),
         'landlock_create_ruleset': (444, 0, 0, 1), 'syslog': (103, 3, room, 256),
         'process_madvise': (440, os.pidfd_open(me), room, 0, 4, 0)}
# EPERM, not what the kernel would say of these arguments.
print([(name, ctypes.get_errno()) for name, call in calls.items() if libc.syscall(*call) >= 0 or ctypes.get_errno() != 1])
