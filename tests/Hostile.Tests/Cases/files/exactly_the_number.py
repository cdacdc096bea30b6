#: As many files as come back
#: defence: none: all of them do
#: request: {"limits": {"files": 3}}
#: expect: {"outcome": "Succeeded", "skipped_file_count": "0"}
#: files: ["a", "b", "c"]
for name in 'abc': open(name, 'w').write(name)
