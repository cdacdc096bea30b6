assert 1 == 2, 'unequal'
