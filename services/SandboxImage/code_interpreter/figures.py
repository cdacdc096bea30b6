"""
A matplotlib backend for which showing a figure means to save it as PNG among the files of the execution. A figure that is open when
its process ends, neither shown nor saved, is saved then.
"""

import atexit
import os
import time
from typing import Any

from matplotlib import is_interactive, rcParams
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from code_interpreter import pictures

# Most pixels of a picture without a chosen size: 64 MB while it is drawn.
_MOST_PIXELS = 16_000_000
_SECONDS_AT_THE_END = 5.0

_ends_in: set[int] = set()


class FigureManager(FigureManagerBase):
    """Knows what has become of its figure."""

    def __init__(self, canvas: Any, num: int | str) -> None:
        super().__init__(canvas, num)
        self.process = os.getpid()
        self.is_kept = False
        self.is_wanted = False
        if self.process not in _ends_in:
            _ends_in.add(self.process)
            atexit.register(save_open_figures)

    def show(self) -> None:
        """Saves this figure."""
        save(self.canvas.figure)
        self.is_kept, self.is_wanted = True, False

    def destroy(self) -> None:
        # Shown in a window that did not wait: the picture is what it has become.
        if self.is_wanted and self.process == os.getpid():
            self.show()

    @classmethod
    def pyplot_show(cls, *args: Any, block: bool | None = None, **kwargs: Any) -> None:
        """Saves every figure that is open, and closes it as somebody would who has seen it."""
        for manager in Gcf.get_all_fig_managers():
            if block is False and isinstance(manager, FigureManager):
                # An animation by hand: `plt.pause` does so for each step.
                manager.is_wanted = True
                continue
            manager.show()
            if block or not is_interactive():
                Gcf.destroy(manager)


class Canvas:
    """What a canvas needs to be shown as a file, whatever it draws with."""

    manager_class = FigureManager

    def print_figure(self, *args: Any, **kwargs: Any) -> Any:
        # Saving takes the manager away for a while.
        manager = self.manager
        result = super().print_figure(*args, **kwargs)
        if manager is not None:
            manager.is_kept = True
        return result


class FigureCanvas(Canvas, FigureCanvasAgg):
    pass


def save(figure: Figure) -> None:
    """As `figure-1.png`, `figure-2.png`, ..., with all that lies beside the axes."""
    if (target := pictures.create("figure", ".png")) is None:
        return
    dpi = figure.dpi
    try:
        figure.dpi = _resolution(figure, figure.bbox_inches)
        box = _extent(figure)
        with target:
            figure.savefig(target, format="png", bbox_inches=box, dpi=_resolution(figure, box))
    except BaseException:
        pictures.drop(target)
        raise
    finally:
        figure.dpi = dpi
        # Its pixels.
        figure.canvas.__dict__.pop("renderer", None)
        figure.canvas.__dict__.pop("_lastKey", None)


def save_open_figures() -> None:
    """At the end of the process: saves the figures that were not shown or saved."""
    deadline, left = time.monotonic() + _SECONDS_AT_THE_END, 0
    for manager in Gcf.get_all_fig_managers():
        if not isinstance(manager, FigureManager) or manager.process != os.getpid() or manager.is_kept and not manager.is_wanted:
            continue
        if time.monotonic() > deadline:
            left += 1
            continue
        try:
            if manager.is_wanted or not _is_empty(manager.canvas.figure):
                manager.show()
        except Exception as error:
            pictures.say_once(f"an open figure could not be saved: {type(error).__name__}: {error}".splitlines()[0])
        manager.is_kept, manager.is_wanted = True, False
    if left:
        pictures.say_once(
            f"{left} more figures were open at the end and were discarded: save figures earlier, with plt.savefig or plt.show")


def _is_empty(figure: Figure) -> bool:
    """Nothing was drawn: a library has made it to measure something."""
    return not (figure.axes or figure.texts or figure.images or figure.lines or figure.patches or figure.artists or figure.legends
                or figure.subfigs)


def _resolution(figure: Figure, box: Any) -> float:
    """As the settings have it, or less where that would be too many pixels."""
    dpi = rcParams["savefig.dpi"]
    dpi = getattr(figure, "_original_dpi", figure.dpi) if dpi == "figure" else dpi
    return min(dpi, (_MOST_PIXELS / (box.width * box.height)) ** 0.5)


def _extent(figure: Figure) -> Any:
    """The box around all that is drawn, in inches."""
    figure.draw_without_rendering()
    plain = figure.bbox_inches
    box = figure.get_tightbbox().padded(rcParams["savefig.pad_inches"])
    # A text far outside, by mistake, would make it endless.
    return box if 0 < box.width <= 4 * plain.width and 0 < box.height <= 4 * plain.height else plain
