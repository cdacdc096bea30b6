#: The exit code 256
#: defence: what the kernel makes of it, which is 0
#: expect: {"outcome": "Succeeded", "return_code": 0}
raise SystemExit(256)
