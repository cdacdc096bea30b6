#: Bytes that are not text
#: defence: each invalid one becomes U+FFFD
#: expect: {"outcome": "Succeeded", "output": "a�b�€"}
#: files: ["stdout.txt"]
import os
os.write(1, b'a\xffb\xc3\xe2\x82\xac')
