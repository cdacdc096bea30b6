#: stdin: one\ntwo\n
name = input('name? ')
print(name, [line for line in __import__('sys').stdin])
