#: mount, umount, pivot_root, chroot, and the newer calls
#: defence: seccomp profile, no capability
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
calls = {'mount': (165, b'none', b'/tmp', b'tmpfs', 0, 0), 'bind': (165, b'/tmp', b'/mnt/data', 0, 4096, 0), 'umount2': (166, b'/tmp', 2),
         'pivot_root': (155, b'/tmp', b'/tmp'),
         'chroot': (161, b'/tmp'), 'open_tree': (428, -100, b'/tmp', 1), 'move_mount': (429, -100, b'/tmp', -100, b'/mnt/data', 0),
         'fsopen': (430, b'tmpfs', 0),
         'fsconfig': (431, 0, 6, 0, 0, 0), 'fsmount': (432, 0, 0, 0), 'fspick': (433, -100, b'/tmp', 0),
         'mount_setattr': (442, -100, b'/tmp', 0, ctypes.create_string_buffer(32), 32)}
# EPERM, not what the kernel would say of these arguments.
print([(name, ctypes.get_errno()) for name, call in calls.items() if libc.syscall(*call) >= 0 or ctypes.get_errno() != 1])
