#: Ten thousand files
#: defence: as many as the limit allows are returned, all are counted, the first are named
#: expect: {"outcome": "Succeeded", "skipped_file_count": "9990"}
#: request: {"limits": {"files": 10}}
#: files: ["0000", "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009"]
#: left: TooMany
for i in range(10_000): open(f'{i:04}', 'w').close()
