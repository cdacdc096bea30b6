import numpy as np
print(np.arange(6).reshape(2, 3) @ np.ones((3, 2)), np.random.default_rng(0).random())
