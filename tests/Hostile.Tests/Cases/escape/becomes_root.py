#: setuid, setgid, setgroups, setresuid to root
#: defence: no capability, no_new_privs
#: expect: {"outcome": "Succeeded", "output": "refused refused refused refused\nTrue True\n"}
import os
def tried(call):
    try: call(); return 'had'
    except PermissionError: return 'refused'
print(tried(lambda: os.setuid(0)), tried(lambda: os.setgid(0)), tried(lambda: os.setgroups([0])), tried(lambda: os.setresuid(0, 0, 0)))
print(len({*os.getresuid(), *os.getresgid()}) == 1, os.getuid() != 0)
