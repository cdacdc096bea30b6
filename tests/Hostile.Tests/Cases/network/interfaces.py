#: Network interfaces
#: defence: none but the loopback
#: expect: {"outcome": "Succeeded", "output": "['lo']\n"}
print([line.split(':')[0].strip() for line in open('/proc/net/dev').readlines()[2:]])
