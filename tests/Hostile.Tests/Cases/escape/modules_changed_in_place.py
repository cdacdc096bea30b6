#: Modules are changed in memory
#: defence: the supervisor is another process
#: expect: {"outcome": "Succeeded", "output": "broken\n"}
#: files: ["kept"]
import builtins, json, os, struct, sys
open('kept', 'w').close()
os.write(1, b'broken\n')
json.dumps = struct.pack = os.read = os.listdir = builtins.open = None
sys.modules.clear()
