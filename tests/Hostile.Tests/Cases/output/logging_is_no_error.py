#: The logging module writes to stderr
#: defence: none: how it ends is told by the exit code
#: expect: {"outcome": "Succeeded", "error": "WARNING:root:careful\n"}
import logging
logging.warning('careful')
