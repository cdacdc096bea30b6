#: Capabilities that are left, also those that could come back
#: defence: all are dropped for the code
#: expect: {"outcome": "Succeeded", "output": "CapInh 0 CapPrm 0 CapEff 0 CapAmb 0 NoNewPrivs 1 Seccomp 2\n"}
status = dict(line.split(':', 1) for line in open('/proc/self/status'))
print(*(f'{name} {int(status[name], 16)}' for name in ('CapInh', 'CapPrm', 'CapEff', 'CapAmb', 'NoNewPrivs', 'Seccomp')))
