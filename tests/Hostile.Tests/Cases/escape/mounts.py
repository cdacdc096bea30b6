#: mount, umount, pivot_root, chroot, and the newer calls
#: defence: seccomp profile, no capability
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
import ctypes
libc = ctypes.CDLL(None)
numbers = {'mount': 165, 'umount2': 166, 'pivot_root': 155, 'chroot': 161, 'open_tree': 428, 'move_mount': 429, 'fsopen': 430, 'fsconfig': 431, 'fsmount': 432, 'fspick': 433, 'mount_setattr': 442}
print([name for name, number in numbers.items() if libc.syscall(number, b'none', b'/tmp', b'tmpfs', 0, 0, 0) >= 0])
