#: A small document that unfolds to gigabytes
#: defence: memory limit of the control group
#: request: {"limits": {"memory_bytes": 134217728}}
#: match: {"outcome": "OutOfMemory|NonZeroExit"}
text = 'lol'
for _ in range(12): text = text * 10
print(len(text))
