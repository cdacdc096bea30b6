try: {}['a']
except KeyError: int('x')
