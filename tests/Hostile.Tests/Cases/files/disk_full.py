#: The output folder is filled
#: defence: an exception of the code; what fits is returned
#: expect: {"outcome": "Succeeded", "output": "28\n"}
#: files: ["good"]
#: skipped: {"big": "TooLarge"}
open('good', 'w').write('x')
try:
    with open('big', 'wb') as file:
        while True: file.write(bytes(1 << 20))
except OSError as error: print(error.errno)
