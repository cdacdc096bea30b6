#: A name that is no UTF-8
#: defence: it is left out and said, and costs only itself
#: expect: {"outcome": "Succeeded", "skipped_file_count": "1"}
#: match: {"skipped_files.0.reason": "BadName"}
#: files: ["good"]
#: left: BadName
open(b'bad\xc3', 'w').close()
open('good', 'w').close()
