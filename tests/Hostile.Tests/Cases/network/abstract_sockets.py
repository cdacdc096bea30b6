#: Sockets without a file, which the host could listen on
#: defence: a network namespace of its own
#: expect: {"outcome": "Succeeded", "output": "[]\n"}
print([line for line in open('/proc/net/unix').read().splitlines()[1:] if '@' in line])
