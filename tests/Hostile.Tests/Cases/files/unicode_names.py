#: Names in many scripts, combining, right to left, without width
#: defence: none: they come back as they are
#: expect: {"outcome": "Succeeded"}
#: files: ["Größe.csv", "e\u0301", "数据.csv", "مرحبا.txt", "🙂.png", "\u202egnp.exe"]
for name in ('Größe.csv', 'e\u0301', '数据.csv', 'مرحبا.txt', '🙂.png', '\u202egnp.exe'): open(name, 'w').close()
