#: numpy with the threads of its libraries
#: defence: none: the process limit allows them
#: expect: {"outcome": "Succeeded", "output": "200.0\n"}
import numpy
print((numpy.ones((200, 200)) @ numpy.ones((200, 200)))[0, 0])
