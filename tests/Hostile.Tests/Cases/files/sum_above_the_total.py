#: Files whose total size is too large
#: defence: those that fit are returned
#: request: {"limits": {"total_file_bytes": 2500}}
#: expect: {"outcome": "Succeeded"}
#: files: ["a", "b", "d"]
#: skipped: {"c": "TotalSize"}
for name, size in (('a', 1000), ('b', 1000), ('c', 1000), ('d', 500)): open(name, 'wb').write(bytes(size))
