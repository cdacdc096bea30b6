open('a.txt', 'w').write('x')
import os, pathlib
print([name for name in os.listdir('.') if name != 'main.py'], pathlib.Path('a.txt').read_text(), os.getcwd())
