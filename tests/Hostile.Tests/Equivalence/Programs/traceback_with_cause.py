try: {}['a']
except KeyError as error: raise ValueError('no') from error
