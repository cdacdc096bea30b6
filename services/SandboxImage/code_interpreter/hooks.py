"""
Changes a few libraries right after they are imported, so that what they show becomes a file. Code that imports none of them pays
for a look into a dictionary with each of its imports.
"""

import sys

from code_interpreter import script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

# The module, and the function of `code_interpreter.patches` that changes it.
_PATCHES = {
    "IPython.core.display_functions": "ipython",
    "PIL.ImageShow": "pillow",
    "cv2": "opencv",
    "matplotlib.backends.registry": "matplotlib_backends",
    "matplotlib.figure": "matplotlib_figure",
    "multiprocessing.context": "multiprocessing",
    "plotly.io._renderers": "plotly",
}

# Shows the lines of the code, which is at its path only when it asks for its own file.
_LINES = "linecache"


class Finder:
    """Finds nothing itself: it adds the patch to what others find."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in _PATCHES and name != _LINES:
            return None
        for finder in sys.meta_path:
            find = None if finder is Finder else getattr(finder, "find_spec", None)
            if find is not None and (spec := find(name, path, target)) is not None:
                if hasattr(spec.loader, "exec_module"):
                    _patch_after(spec.loader, name)
                return spec
        return None


def _patch_after(loader: Any, name: str) -> None:
    execute = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        del loader.exec_module
        execute(module)
        if name == _LINES:
            script.remember_main()
            return
        from code_interpreter import patches
        try:
            getattr(patches, _PATCHES[name])(module)
        except (AttributeError, ImportError):
            # Another version of the library: it works as it is made.
            pass
    loader.exec_module = exec_module


def install() -> None:
    sys.meta_path.insert(0, Finder)
