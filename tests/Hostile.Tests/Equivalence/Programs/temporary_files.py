import os, tempfile
with tempfile.NamedTemporaryFile() as file: file.write(b'x'); print(os.path.dirname(file.name))
