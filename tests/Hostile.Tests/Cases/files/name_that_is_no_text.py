#: A name that is not UTF-8
#: defence: only that file is skipped and reported
#: expect: {"outcome": "Succeeded", "skipped_file_count": "1"}
#: match: {"skipped_files.0.reason": "BadName"}
#: files: ["good"]
#: left: BadName
open(b'bad\xc3', 'w').close()
open('good', 'w').close()
