#: Quotes, backslashes and control characters
#: defence: JSON is made by a library
#: expect: {"outcome": "Succeeded", "output": "\"}\\\\u0000\u0000\u0001\u001f{\"outcome\":\"Succeeded\"}\r\n"}
import os
os.write(1, b'"}\\\\u0000\x00\x01\x1f{"outcome":"Succeeded"}\r\n')
