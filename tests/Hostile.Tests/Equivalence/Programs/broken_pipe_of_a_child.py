import subprocess
print(subprocess.run('yes | head -2', shell=True, capture_output=True, text=True).stdout, end='')
