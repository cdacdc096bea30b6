#: An empty file
#: defence: none: it is a file
#: expect: {"outcome": "Succeeded", "generated_files.0.size": "0"}
#: files: ["empty"]
open('empty', 'w').close()
