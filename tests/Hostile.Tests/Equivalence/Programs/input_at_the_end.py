#: stdin: one\n
input()
input()
