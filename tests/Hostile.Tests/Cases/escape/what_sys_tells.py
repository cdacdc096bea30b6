#: What /sys shows of the host: firmware, disks, devices, modules
#: defence: masked; the control group and the number of processors stay readable
#: expect: {"outcome": "Succeeded", "output": "[] []\n['cpu', 'cgroup']\n"}
import os
print([path for path in ('/sys/block', '/sys/bus', '/sys/class', '/sys/dev', '/sys/devices/virtual', '/sys/firmware', '/sys/hypervisor',
                         '/sys/kernel', '/sys/module', '/sys/power')
       if os.path.isdir(path) and os.listdir(path)],
      [name for _, folders, files in os.walk('/sys') for name in folders + files
       if name in ('vda', 'sda', 'nvme0n1', 'product_uuid', 'board_serial', 'eth0')])
print([os.path.basename(path) for path in ('/sys/devices/system/cpu', '/sys/fs/cgroup') if os.listdir(path)])
