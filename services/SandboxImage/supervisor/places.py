"""Where things are in the container, and the default user of the code."""

import os

UID = 1000
NAMES = "/usr/share/sandbox"
ACCOUNTS = "/run/sandbox"
WORK = "/mnt/data"
HOME = "/home/sandbox"
# The source of the code, which seems to be in the working directory.
CODE = HOME + "/.code"
MAIN = WORK + "/main.py"
INPUTS = HOME + "/.inputs.json"
EXCEPTION = HOME + "/.exception.json"
FONT_CACHE = "/opt/matplotlib"
MATPLOTLIB = HOME + "/.config/matplotlib"

ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": HOME,
    "USER": "sandbox",
    "LOGNAME": "sandbox",
    "LANG": "C.UTF-8",
    "PWD": WORK,
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "module://code_interpreter.figures",
    "MPLCONFIGDIR": MATPLOTLIB,
    # One thread per process: the container's share of the host is small, and threads do not survive the fork.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "NUMEXPR_MAX_THREADS": "1",
}


def clean_environment() -> None:
    """Leaves nothing of the engine's or the image's environment to the code."""
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
