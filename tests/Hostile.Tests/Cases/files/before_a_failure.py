#: Files, and then an exception
#: defence: what was written is returned, however it ends
#: expect: {"outcome": "NonZeroExit", "return_code": 1}
#: files: ["kept"]
open('kept', 'w').write('x')
raise SystemExit(1)
