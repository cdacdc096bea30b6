x = 3
for i in range(x): print(i, end=' ')
print()
