"""Entry point: `python3 /opt/supervisor/__main__.py [bare|data|lean [the code's uid]]`."""

import os
import sys

# The supervisor runs as root. Neither its own folder nor the working directory may ever be a place it imports from.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
from supervisor.service import serve  # noqa: E402

del sys.path[0]

# Comes back in the forked child only, so that the user's code has no deeper stack than this one.
serve(*sys.argv[1:]).run()
