import scipy.optimize, sympy
print(round(scipy.optimize.brentq(lambda x: x * x - 2, 0, 2), 9), sympy.factor(sympy.Symbol('x') ** 2 - 1))
