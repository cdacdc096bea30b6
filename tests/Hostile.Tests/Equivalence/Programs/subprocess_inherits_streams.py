import subprocess
subprocess.run(['echo', 'from a child'])
print(subprocess.run('echo oops >&2; exit 3', shell=True).returncode)
