#: A file that is too large, among small ones
#: defence: only that file is skipped
#: request: {"limits": {"file_bytes": 1000}}
#: expect: {"outcome": "Succeeded"}
#: files: ["a", "c"]
#: skipped: {"b": "TooLarge"}
for name, size in (('a', 1), ('b', 5000), ('c', 1)): open(name, 'wb').write(bytes(size))
