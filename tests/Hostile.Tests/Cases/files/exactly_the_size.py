#: A file of exactly the size that is stored, and one of a byte more
#: defence: the border is where the limit says
#: request: {"limits": {"file_bytes": 1000}}
#: expect: {"outcome": "Succeeded"}
#: files: ["fits"]
#: skipped: {"over": "TooLarge"}
open('fits', 'wb').write(bytes(1000))
open('over', 'wb').write(bytes(1001))
