#: A megabyte of input for a program that does not read it
#: defence: it is written concurrently
#: request: {"stdin": {"repeat": "x", "times": 1000000}}
#: expect: {"outcome": "Succeeded", "output": "done\n"}
print('done')
