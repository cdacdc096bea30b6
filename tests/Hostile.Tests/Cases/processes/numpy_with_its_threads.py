#: numpy with the threads of its library
#: defence: none: the limit of processes has room for them
#: expect: {"outcome": "Succeeded", "output": "200.0\n"}
import numpy
print((numpy.ones((200, 200)) @ numpy.ones((200, 200)))[0, 0])
