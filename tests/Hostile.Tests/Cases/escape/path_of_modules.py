#: Modules in the working directory with the names of the supervisor's
#: defence: the supervisor has imported them already, and never from there
#: expect: {"outcome": "Succeeded", "output": "mine\n"}
#: files: ["json.py", "os.py", "struct.py"]
for name in ('json', 'os', 'struct'): open(name + '.py', 'w').write('print("mine")\nraise SystemExit(9)')
print('mine')
