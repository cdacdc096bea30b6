#: A program of one millisecond that has printed and written
#: defence: the streams are read to their ends before the result is made
#: expect: {"outcome": "Succeeded", "output": "all of it\n", "return_code": 0}
#: files: ["a"]
import os
os.write(1, b'all of it\n')
os.close(os.open('a', os.O_CREAT))
os._exit(0)
