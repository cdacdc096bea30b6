#: reboot, the host's name, the clock
#: defence: seccomp profile, no capability
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes
libc = ctypes.CDLL(None)
numbers = {'reboot': (169, 0xfee1dead, 672274793, 0x1234567, 0), 'sethostname': (170, b'x', 1), 'setdomainname': (171, b'x', 1),
           'settimeofday': (164, ctypes.create_string_buffer(16), 0), 'clock_settime': (227, 0, ctypes.create_string_buffer(16)), 'adjtimex': (159, 0)}
print([name for name, arguments in numbers.items() if libc.syscall(*arguments) >= 0])
