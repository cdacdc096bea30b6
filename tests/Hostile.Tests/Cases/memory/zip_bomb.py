#: A small archive that unpacks to gigabytes
#: defence: size of the tmpfs
#: expect: {"outcome": "NonZeroExit", "exception.type": "OSError"}
#: skipped: {"bomb": "TooLarge"}
#: files: ["bomb.gz"]
import gzip
with gzip.open('bomb.gz', 'wb', 1) as file:
    for _ in range(512): file.write(bytes(1 << 20))
with gzip.open('bomb.gz') as source, open('bomb', 'wb') as target:
    while chunk := source.read(1 << 20): target.write(chunk)
