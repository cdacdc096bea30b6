#: A character that exceeds the rest of the limit
#: defence: characters are kept whole or left out
#: request: {"limits": {"output_bytes": 1024}}
#: expect: {"outcome": "Succeeded", "output_truncated": "true"}
#: match: {"output": "a€+", "output_tail": "€+\n"}
#: files: ["stdout.txt"]
print('a' + '€' * 2000)
