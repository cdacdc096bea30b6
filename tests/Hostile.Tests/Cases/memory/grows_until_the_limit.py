#: A list that grows without end
#: defence: memory limit of the control group, without swap
#: request: {"limits": {"memory_bytes": 134217728}}
#: expect: {"outcome": "OutOfMemory", "killed_by": "Memory", "output": "start\n", "return_code": 137}
print('start', flush=True)
data = []
while True: data.append(bytearray(1 << 20))
