#: Many names for one large file
#: defence: the total size is limited, also for identical files
#: expect: {"outcome": "Succeeded", "skipped_file_count": "12"}
#: match: {"skipped_files.0.reason": "TotalSize"}
#: files: ["n00", "n01", "n02", "n03", "n04", "n05", "n06", "n07"]
#: skipped: {"n08": "TotalSize", "n09": "TotalSize", "n10": "TotalSize", "n11": "TotalSize", "n12": "TotalSize", "n13": "TotalSize", "n14": "TotalSize", "n15": "TotalSize", "n16": "TotalSize", "n17": "TotalSize", "n18": "TotalSize", "n19": "TotalSize"}
import os
with open('n00', 'wb') as file: file.write(bytes(32 << 20))
for i in range(1, 20): os.link('n00', f'n{i:02}')
