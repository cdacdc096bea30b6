#: Files with the names that long output gets
#: defence: what the code wrote keeps its name
#: expect: {"outcome": "Succeeded", "output_truncated": "true"}
#: files: ["_stdout.txt", "stdout.txt"]
open('stdout.txt', 'w').write('mine')
print('x' * 2_000_000)
