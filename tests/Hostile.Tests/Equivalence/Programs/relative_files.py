open('a.txt', 'w').write('x')
import os, pathlib
print(os.listdir('.'), pathlib.Path('a.txt').read_text(), os.getcwd())
