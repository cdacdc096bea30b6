#: The bytes of a surrogate, which UTF-8 forbids
#: defence: they become U+FFFD
#: expect: {"outcome": "Succeeded", "output": "���"}
#: files: ["stdout.txt"]
import os
os.write(1, b'\xed\xa0\x80')
