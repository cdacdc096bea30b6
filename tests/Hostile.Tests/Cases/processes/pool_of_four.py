#: A pool of four processes, as ordinary programs use it
#: defence: none: it works
#: expect: {"outcome": "Succeeded", "output": "[0, 1, 4, 9]\n"}
import multiprocessing
def square(x): return x * x
if __name__ == '__main__':
    with multiprocessing.Pool(4) as pool: print(pool.map(square, range(4)))
