#: stdin: a\nb
import sys
print(sys.stdin.buffer.read())
