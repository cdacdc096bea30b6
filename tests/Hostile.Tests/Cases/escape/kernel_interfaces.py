#: What has let people out before: bpf, userfaultfd, io_uring, keyrings, perf events, file handles
#: defence: seccomp profile
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes
libc = ctypes.CDLL(None)
numbers = {'bpf': 321, 'userfaultfd': 323, 'io_uring_setup': 425, 'io_uring_enter': 426, 'io_uring_register': 427, 'keyctl': 250, 'add_key': 248,
           'request_key': 249, 'perf_event_open': 298, 'open_by_handle_at': 304, 'name_to_handle_at': 303, 'kcmp': 312, 'vmsplice': 278,
           'fanotify_init': 300, 'quotactl': 179, 'lookup_dcookie': 212, 'nfsservctl': 180, 'kexec_load': 246, 'init_module': 175,
           'finit_module': 313, 'delete_module': 176, 'iopl': 172, 'ioperm': 173, 'modify_ldt': 154, 'acct': 163, 'swapon': 167, 'uselib': 134}
print([name for name, number in numbers.items() if libc.syscall(number, 0, 0, 0, 0, 0, 0) >= 0])
