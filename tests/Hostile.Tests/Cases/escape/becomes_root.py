#: setuid, setgid, setgroups, setresuid to root
#: defence: no capability, no_new_privs
#: expect: {"outcome": "Succeeded", "output": "refused refused refused refused\n(1000, 1000, 1000) (1000, 1000, 1000)\n"}
import os
def tried(call):
    try: call(); return 'had'
    except PermissionError: return 'refused'
print(tried(lambda: os.setuid(0)), tried(lambda: os.setgid(0)), tried(lambda: os.setgroups([0])), tried(lambda: os.setresuid(0, 0, 0)))
print(os.getresuid(), os.getresgid())
