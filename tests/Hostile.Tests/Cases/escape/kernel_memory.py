#: The kernel's memory and its devices
#: defence: no such devices, masked files
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
had = []
for path in ('/dev/mem', '/dev/kmem', '/dev/port', '/dev/kmsg', '/proc/kcore', '/proc/kmsg', '/dev/sda', '/dev/vda', '/dev/nvme0n1',
             '/dev/fuse', '/dev/kvm', '/dev/net/tun', '/dev/loop-control'):
    try:
        if open(path, 'rb').read(1): had.append(path)
    except OSError: pass
print(had)
