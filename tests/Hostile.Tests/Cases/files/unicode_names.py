#: Names in many scripts, with combining, right-to-left and zero-width characters
#: defence: none: they are returned unchanged
#: expect: {"outcome": "Succeeded"}
#: files: ["Größe.csv", "e\u0301", "数据.csv", "مرحبا.txt", "🙂.png", "\u202egnp.exe"]
for name in ('Größe.csv', 'e\u0301', '数据.csv', 'مرحبا.txt', '🙂.png', '\u202egnp.exe'): open(name, 'w').close()
