#: A chain of thousands of causes
#: defence: the description is cut; what was printed is output like any other
#: expect: {"outcome": "NonZeroExit", "exception.type": "ValueError", "error_truncated": "true"}
#: files: ["stderr.txt"]
error = None
for i in range(20_000):
    try: raise ValueError(i) from error
    except ValueError as raised: error = raised
raise error
