#: Both streams are filled beyond the buffer of a pipe, in turns
#: defence: both are read at the same time
#: expect: {"outcome": "Succeeded", "output_bytes": "1000000", "error_bytes": "1000000"}
import os
for _ in range(100):
    os.write(1, b'o' * 10_000)
    os.write(2, b'e' * 10_000)
