#: Line breaks of all kinds and tabs in names
#: defence: they are skipped and reported
#: expect: {"outcome": "Succeeded", "skipped_file_count": "5"}
#: files: ["good"]
#: left: BadName
for name in ('a\nb', 'a\tb', 'a\x7fb', 'a\u2028b', 'a\u2029b', 'good'): open(name, 'w').close()
