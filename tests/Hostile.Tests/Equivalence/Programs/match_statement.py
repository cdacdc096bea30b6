match {'kind': 'a', 'n': [1, 2]}:
    case {'kind': 'a', 'n': [first, *rest]}: print(first, rest)
