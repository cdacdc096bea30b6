import atexit
@atexit.register
def broken(): raise ValueError('late')
print('main')
