"""What is changed in libraries, each by one function that gets the module when it has been imported."""

from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def matplotlib_backends(module: ModuleType) -> None:
    """Whatever backend is chosen, its figures are saved when they are shown. One that the code brings along is left alone."""
    registry = module.BackendRegistry
    load, is_valid = registry.load_backend_module, registry.is_valid_backend
    windows = {name for name, framework in registry._BUILTIN_BACKEND_TO_GUI_FRAMEWORK.items() if framework != "headless"}
    windows |= {"agg", "inline", "widget", "ipympl", "notebook"}

    def load_backend_module(self: Any, backend: str) -> ModuleType:
        name = backend.lower()
        if name in windows or name in ("module://matplotlib_inline.backend_inline", "module://ipympl.backend_nbagg"):
            from code_interpreter import figures
            return figures
        found = load(self, backend)
        return found if name.startswith("module://") else _with_our_canvas(found)

    def is_valid_backend(self: Any, backend: str) -> bool:
        return backend.lower() in windows or is_valid(self, backend)
    registry.load_backend_module, registry.is_valid_backend = load_backend_module, is_valid_backend


def _with_our_canvas(backend: ModuleType) -> ModuleType:
    """A backend that writes files, such as svg, draws as ever."""
    from code_interpreter.figures import Canvas, FigureManager
    module = ModuleType(backend.__name__)
    module.__dict__.update(vars(backend))
    for name in ("show", "new_figure_manager", "new_figure_manager_given_figure", "draw_if_interactive"):
        module.__dict__.pop(name, None)
    module.FigureManager, module.FigureCanvas = FigureManager, type("FigureCanvas", (Canvas, backend.FigureCanvas), {})
    return module


def matplotlib_figure(module: ModuleType) -> None:
    """A figure that pyplot does not know can be shown, too."""
    show = module.Figure.show

    def show_any(self: Any, warn: bool = True) -> None:
        if self.canvas.manager is not None:
            show(self, warn)
        else:
            from code_interpreter import figures
            figures.save(self)
    show_any.__name__, show_any.__qualname__, show_any.__doc__ = show.__name__, show.__qualname__, show.__doc__
    module.Figure.show = show_any


def pillow(module: ModuleType) -> None:
    class Viewer(module.Viewer):
        def show(self, image: Any, **options: Any) -> int:
            from code_interpreter import showing
            showing.save_image(image)
            return 1
    module.register(Viewer, 0)


def plotly(module: ModuleType) -> None:
    def show(fig: Any, *args: Any, **kwargs: Any) -> None:
        from code_interpreter import showing
        showing.save_chart(fig)
    show.__doc__ = module.show.__doc__
    module.show = show


def ipython(module: ModuleType) -> None:
    from code_interpreter import showing
    module.display, module.clear_output = showing.display, lambda wait=False: None


def opencv(module: ModuleType) -> None:
    """There are no windows and no keys: each wait for a key returns the one that ends most programs."""
    from code_interpreter import showing
    keys = [27, ord("q")]

    def wait_key(delay: int = 0) -> int:
        keys.reverse()
        return keys[0]
    module.imshow = lambda winname, mat: showing.save_pixels(module, mat)
    module.waitKey = module.waitKeyEx = module.pollKey = wait_key
    for name in ("namedWindow", "moveWindow", "resizeWindow", "destroyWindow", "destroyAllWindows", "setWindowTitle", "startWindowThread"):
        setattr(module, name, lambda *args, **kwargs: None)


def multiprocessing(module: ModuleType) -> None:
    """
    Workers are forks, as they were before Python 3.14: they have what the code has defined, and code without a `__main__` guard
    works. No library has threads here that a fork could break.
    """
    module._default_context = module.DefaultContext(module._concrete_contexts["fork"])
