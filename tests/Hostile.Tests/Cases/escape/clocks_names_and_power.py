#: reboot, the host's name, the clock
#: defence: seccomp profile, no capability
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
time, change = ctypes.create_string_buffer(16), ctypes.create_string_buffer(256)
calls = {'reboot': (169, 0xfee1dead, 672274793, 0x1234567, 0), 'sethostname': (170, b'x', 1), 'setdomainname': (171, b'x', 1),
         'settimeofday': (164, time, 0), 'clock_settime': (227, 0, time), 'adjtimex': (159, change), 'clock_adjtime': (305, 0, change)}
# EPERM, also where the arguments ask for nothing that needs a right, as reading the clock's adjustment does.
print([(name, ctypes.get_errno()) for name, call in calls.items() if libc.syscall(*call) >= 0 or ctypes.get_errno() != 1])
