#: setns into the namespaces of the supervisor
#: defence: seccomp profile, another user
#: expect: {"outcome": "Succeeded", "output": "refused\n"}
import ctypes, os
libc = ctypes.CDLL(None)
had = [libc.setns(os.pidfd_open(1), 0x7c020000) == 0]
for name in ('mnt', 'pid', 'net', 'user', 'ipc', 'uts'):
    try: had.append(libc.setns(os.open(f'/proc/1/ns/{name}', os.O_RDONLY), 0) == 0)
    except OSError: pass
print('had' if any(had) else 'refused')
