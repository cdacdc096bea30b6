print(sorted(name for name in globals() if not name.startswith('__')), globals() is locals())
