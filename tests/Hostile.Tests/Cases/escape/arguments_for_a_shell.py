#: Arguments with quotes, line breaks and shell commands
#: defence: no shell is involved: they arrive byte for byte
#: request: {"args": ["'; touch /tmp/x; '", "\"$(id)\"", "`id`", "a b\tc\nd", "--help", "-c", "", "$HOME", "*", "\\", "|| true", "é☃"]}
#: expect: {"outcome": "Succeeded", "output": "True []\n"}
import os, sys
print(sys.argv[1:] == ["'; touch /tmp/x; '", '"$(id)"', '`id`', 'a b\tc\nd', '--help', '-c', '', '$HOME', '*', '\\', '|| true', 'é☃'],
      os.listdir('/tmp'))
