#: One file more than the limit allows
#: defence: the others are returned, and this one is named
#: request: {"limits": {"files": 3}}
#: expect: {"outcome": "Succeeded", "skipped_file_count": "1"}
#: files: ["a", "b", "c"]
#: skipped: {"d": "TooMany"}
for name in 'abcd': open(name, 'w').write(name)
