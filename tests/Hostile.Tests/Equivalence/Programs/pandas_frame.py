import pandas as pd
frame = pd.DataFrame({'a': [1, 2, 3], 'b': list('xyz')})
print(frame, frame.describe(), frame.groupby('b').a.sum(), sep='\n')
