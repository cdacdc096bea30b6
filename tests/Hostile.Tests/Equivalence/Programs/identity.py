import getpass, grp, os, pwd
print(pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name, getpass.getuser(), os.path.expanduser('~'))
