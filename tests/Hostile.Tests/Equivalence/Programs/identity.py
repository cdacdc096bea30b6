import getpass, os
print(os.getuid(), os.getgid(), getpass.getuser(), os.path.expanduser('~'))
