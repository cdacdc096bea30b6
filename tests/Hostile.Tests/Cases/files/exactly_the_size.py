#: A file of exactly the maximum size, and one with a byte more
#: defence: the limit is exact
#: request: {"limits": {"file_bytes": 1000}}
#: expect: {"outcome": "Succeeded"}
#: files: ["fits"]
#: skipped: {"over": "TooLarge"}
open('fits', 'wb').write(bytes(1000))
open('over', 'wb').write(bytes(1001))
