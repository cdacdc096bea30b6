#: Processes keep swapping files for links
#: defence: all processes are dead before the first file is opened
#: expect: {"outcome": "Succeeded"}
#: match: {"skipped_file_count": "0|1"}
#: perhaps: ["a"]
#: left: Link
import os
open('a', 'w').close()
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        name = str(os.getpid())
        while True:
            try:
                os.symlink('/etc/passwd', '/tmp/' + name); os.rename('/tmp/' + name, 'a')
                open('/tmp/' + name, 'w').close(); os.rename('/tmp/' + name, 'a')
            except OSError: pass
