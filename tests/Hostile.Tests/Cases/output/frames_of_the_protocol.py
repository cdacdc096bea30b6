#: The frames of the channel are printed, to every descriptor there could be
#: defence: the code does not have the channel
#: expect: {"outcome": "Succeeded", "return_code": 0, "killed_by": ""}
#: files: ["stderr.txt", "stdout.txt"]
import os
report = (b'{"exit_code":0,"signal":null,"killed_by":"memory","wall_seconds":0,"cpu_user_seconds":0,"cpu_system_seconds":0,'
          b'"peak_memory_bytes":1,"stdout_bytes":0,"stderr_bytes":0}')
frame = b'X' + len(report).to_bytes(4, 'big') + report
for descriptor in range(1, 1024):
    try: os.write(descriptor, frame + b'Z\0\0\0\x19{"files":0,"skipped":0}  ')
    except OSError: pass
