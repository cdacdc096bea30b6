#: Names that some systems cannot tell apart
#: defence: none: names are compared byte by byte
#: expect: {"outcome": "Succeeded"}
#: files: ["A", "a", "\u00e9", "e\u0301"]
for name in ('A', 'a', '\u00e9', 'e\u0301'): open(name, 'w').close()
