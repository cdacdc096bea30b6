#: Floods of the system log
#: defence: there is none in the sandbox
#: expect: {"outcome": "Succeeded", "output": "done\n"}
import syslog
for _ in range(10_000): syslog.syslog('flood')
print('done')
