import sys

from pip.commands import main

sys.exit(main(sys.argv[1:]))
