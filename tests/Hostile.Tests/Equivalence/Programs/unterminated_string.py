print('abc
