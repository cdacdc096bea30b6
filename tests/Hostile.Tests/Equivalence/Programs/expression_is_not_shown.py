1 + 1
'text'
