import decimal, random
random.seed(1)
print(decimal.Decimal(1) / 7, random.random(), random.choice('abc'))
