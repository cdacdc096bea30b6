error = ValueError('no')
error.add_note('a note')
raise error
