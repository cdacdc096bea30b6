"""Imports ahead what programs need first, so that the forked child finds it in memory."""

import gc
import os
import select

from supervisor.identity import as_user
from supervisor.places import FONT_CACHE, MATPLOTLIB

PROFILES = ("bare", "data", "lean")

# A sandbox that waits for so long is in stock: on a machine that has nothing better to do.
_QUIET_SECONDS = 2.0

_BARE = (
    "argparse", "collections", "contextlib", "copy", "csv", "dataclasses", "datetime", "enum", "functools", "hashlib",
    "heapq", "inspect", "itertools", "json", "linecache", "logging", "math", "pathlib", "random", "re", "statistics",
    "string", "subprocess", "tempfile", "traceback", "typing")
_DATA = ("numpy", "pandas", "matplotlib.pyplot")


def preload(profile: str) -> None:
    """Runs as the sandbox user, before anybody else is there."""
    _copy_font_cache()
    if profile == "data":
        for name in (*_BARE, *_DATA):
            __import__(name)
        import warnings
        with warnings.catch_warnings():
            _warm_pandas()
            _warm_pyplot()
        if len(os.listdir("/proc/self/task")) > 1:
            raise RuntimeError("a preloaded library has started threads, which would not survive the fork")
        gc.collect()
    # The child must neither walk nor copy the heap it gets when it collects its own garbage.
    gc.freeze()


def prepare_while_idle(profile: str, channel: int) -> bool:
    """True when nothing came meanwhile, and all is prepared."""
    if profile == "lean":
        # Somebody waits for it.
        return False
    with as_user(real=True):
        return import_while_idle(channel, _BARE if profile == "bare" else ())


def import_while_idle(channel: int, names: tuple[str, ...] = _BARE, quiet_seconds: float = _QUIET_SECONDS) -> bool:
    """
    Imports one module after another until a request arrives, so that a request waits for at most one import. True when all are imported
    and no request has arrived.
    """
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    if poll.poll(quiet_seconds * 1000):
        return False
    for name in names:
        __import__(name)
        if poll.poll(0):
            break
    gc.collect()
    gc.freeze()
    return not poll.poll(0)


def _copy_font_cache() -> None:
    """Matplotlib writes beside its font list, and the root file system is read-only."""
    if not os.path.isdir(FONT_CACHE):
        return
    os.makedirs(MATPLOTLIB, exist_ok=True)
    for name in os.listdir(FONT_CACHE):
        with open(f"{FONT_CACHE}/{name}", "rb") as source, open(f"{MATPLOTLIB}/{name}", "wb") as target:
            target.write(source.read())


def _warm_pandas() -> None:
    import io
    import pandas
    frame = pandas.DataFrame({"name": ["a", "b", "a"], "x": [1, 2, 3], "y": [0.5, 1.5, 2.5]})
    for text in (frame, frame.describe(), frame.groupby("name").sum(), frame["x"]):
        repr(text)
    text = frame.to_csv(index=False)
    pandas.read_csv(io.StringIO(text)).sort_values("x")


def _warm_pyplot() -> None:
    import io
    from matplotlib import pyplot
    figure, axes = pyplot.subplots()
    axes.plot([1, 2, 3], [1, 4, 9], label="warm")
    axes.bar([1, 2], [3, 4])
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
