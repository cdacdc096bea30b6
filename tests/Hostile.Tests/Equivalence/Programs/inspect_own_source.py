import inspect
def f(x):
    return x + 1
print(inspect.getsource(f))
