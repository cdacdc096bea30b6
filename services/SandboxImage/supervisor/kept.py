"""
The builtins as they are before there is any code. A module that works in the code's process takes them with its first import, as
`from supervisor.kept import BUILTINS as __builtins__`: its functions then look names up there, whatever the code makes of the module
`builtins`. What else they need of other modules they take by name, for the same reason.
"""

import builtins

BUILTINS = dict(vars(builtins))
