#: The logging module writes to stderr
#: defence: none: the exit code decides the outcome
#: expect: {"outcome": "Succeeded", "error": "WARNING:root:careful\n"}
import logging
logging.warning('careful')
