number = 1
print(nunber)
