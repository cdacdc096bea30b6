"""Imports ahead what programs need first, so that the forked child finds it in memory."""

import gc
import os

from supervisor.places import FONT_CACHE, MATPLOTLIB

PROFILES = ("bare", "data", "lean")

_BARE = (
    "argparse", "collections", "contextlib", "copy", "csv", "dataclasses", "datetime", "enum", "functools", "hashlib",
    "heapq", "inspect", "itertools", "json", "linecache", "logging", "math", "pathlib", "random", "re", "statistics",
    "string", "subprocess", "tempfile", "traceback", "typing")
_DATA = ("numpy", "pandas", "matplotlib.pyplot")


def preload(profile: str) -> None:
    """Runs as the sandbox user, before anybody else is there."""
    _copy_font_cache()
    if profile != "lean":
        _import_ahead(_DATA if profile == "data" else ())
    # The child must neither walk nor copy the heap it gets when it collects its own garbage.
    gc.freeze()


def _import_ahead(libraries: tuple[str, ...]) -> None:
    for name in (*_BARE, *libraries):
        __import__(name)
    if libraries:
        import warnings
        with warnings.catch_warnings():
            _warm_pandas()
            _warm_pyplot()
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("a preloaded library has started threads, which would not survive the fork")
    gc.collect()


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
