#: Files until no inode is left
#: defence: inodes of the tmpfs are limited
#: request: {"limits": {"files": 1}}
#: expect: {"outcome": "Succeeded", "output": "28\n"}
#: files: ["0"]
#: left: TooMany
i = 0
try:
    while True:
        open(str(i), 'w').close()
        i += 1
except OSError as error: print(error.errno)
