#: Messages to the kernel's log
#: defence: no device, no capability
#: expect: {"outcome": "Succeeded", "output": "refused refused\n"}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def tried(call):
    try: return 'had' if call() else 'refused'
    except OSError: return 'refused'
print(tried(lambda: open('/dev/kmsg', 'w')), tried(lambda: libc.klogctl(3, ctypes.create_string_buffer(100), 100) >= 0))
