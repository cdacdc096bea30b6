#: As many files as the limit allows
#: defence: none: all are returned
#: request: {"limits": {"files": 3}}
#: expect: {"outcome": "Succeeded", "skipped_file_count": "0"}
#: files: ["a", "b", "c"]
for name in 'abc': open(name, 'w').write(name)
