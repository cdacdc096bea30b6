from contextlib import contextmanager
@contextmanager
def managed():
    print('enter')
    try: yield 1
    finally: print('leave')
with managed() as x: raise ValueError(x)
