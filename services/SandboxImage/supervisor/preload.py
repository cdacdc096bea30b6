"""Imports ahead what programs need first, so that the forked child finds it in memory."""

import gc
import importlib
import os
import shutil
import warnings

from supervisor.places import FONT_CACHE, MATPLOTLIB

PROFILES = ("bare", "data")

_BARE = (
    "argparse", "collections", "contextlib", "copy", "csv", "dataclasses", "datetime", "enum", "functools", "hashlib",
    "heapq", "inspect", "itertools", "json", "linecache", "logging", "math", "pathlib", "random", "re", "statistics",
    "string", "subprocess", "tempfile", "traceback", "typing")
_DATA = ("numpy", "pandas", "matplotlib.pyplot")


def preload(profile: str) -> None:
    """Runs as the sandbox user, before anybody else is there."""
    _copy_font_cache()
    for name in _BARE:
        importlib.import_module(name)
    if profile == "data":
        for name in _DATA:
            importlib.import_module(name)
        with warnings.catch_warnings():
            _warm_pandas()
            _warm_pyplot()
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("a preloaded library has started threads, which would not survive the fork")
    gc.collect()
    # The child must neither walk nor copy the preloaded heap when it collects its own garbage.
    gc.freeze()


def _copy_font_cache() -> None:
    """Matplotlib writes beside its font list, and the root file system is read-only."""
    if os.path.isdir(FONT_CACHE):
        shutil.copytree(FONT_CACHE, MATPLOTLIB, dirs_exist_ok=True, copy_function=shutil.copyfile)


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
