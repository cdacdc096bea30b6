#: What identifies the host: its name, its machine id, its disks
#: defence: a name of its own, no machine id, no disks; version and size of the kernel and the processors are not hidden
#: expect: {"outcome": "Succeeded", "output": "sandbox [] []\n"}
import os, socket
ids = [p for p in ('/etc/machine-id', '/var/lib/dbus/machine-id', '/sys/class/dmi/id/product_uuid', '/sys/class/dmi/id/board_serial')
       if os.access(p, os.R_OK) and open(p).read().strip()]
print(socket.gethostname(), ids, [d for d in os.listdir('/dev') if d.startswith(('sd', 'vd', 'nvme', 'dm-', 'loop'))])
