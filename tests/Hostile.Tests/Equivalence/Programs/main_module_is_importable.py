import sys, __main__
value = 5
print(__main__.value, sys.modules['__main__'] is __main__)
