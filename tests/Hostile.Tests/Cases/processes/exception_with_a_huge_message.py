#: An exception with a message of 50 MB
#: defence: the description is cut; what was printed is output like any other
#: expect: {"outcome": "NonZeroExit", "exception.type": "ValueError", "exception.truncated": "true", "error_truncated": "true"}
#: files: ["stderr.txt"]
raise ValueError('x' * 50_000_000)
