#: Arguments with quotes, line ends and what a shell would carry out
#: defence: no shell is anywhere: they come byte for byte
#: request: {"args": ["'; touch /tmp/x; '", "\"$(id)\"", "`id`", "a b\tc\nd", "--help", "-c", "", "$HOME", "*", "\\", "|| true", "é☃"]}
#: expect: {"outcome": "Succeeded", "output": "True []\n"}
import os, sys
print(sys.argv[1:] == ["'; touch /tmp/x; '", '"$(id)"', '`id`', 'a b\tc\nd', '--help', '-c', '', '$HOME', '*', '\\', '|| true', 'é☃'],
      os.listdir('/tmp'))
