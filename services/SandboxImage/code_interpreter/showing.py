"""`display`, and whatever else shows an object: pictures and pages become files, everything else is printed."""

import sys

from code_interpreter import pictures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What a file can hold of an object, the best first, by the methods that notebooks ask.
_FILES = (("_repr_png_", "image/png", ".png"), ("_repr_jpeg_", "image/jpeg", ".jpg"), ("_repr_svg_", "image/svg+xml", ".svg"))
_TEXTS = (("_repr_markdown_", "text/markdown"), ("_repr_latex_", "text/latex"))
_plotly_draws = True


def display(*objs: Any, display_id: Any = None, **options: Any) -> Any:
    """Shows objects as a notebook does: figures, images and charts as files, tables and everything else as text."""
    for value in objs:
        if not show(value):
            print(_text(value))
    return None if display_id is None else _Handle()


class _Handle:
    """What is shown stays; an update is shown after it."""

    def update(self, value: Any, **options: Any) -> None:
        display(value)

    display = update


def show(value: Any) -> bool:
    """Whether it became a file."""
    kind = type(value)
    if _is_a(kind, "matplotlib.figure", "Figure"):
        value.show()
    elif _is_a(kind, "PIL.Image", "Image"):
        save_image(value)
    elif _is_a(kind, "plotly.basedatatypes", "BaseFigure"):
        value.show()
    else:
        return _show_by_its_methods(value)
    return True


def save_image(image: Any) -> None:
    """Saves an image of Pillow."""
    if (target := pictures.create("image", ".png")) is None:
        return
    try:
        with target:
            _in_a_mode_of_png(image).save(target, "PNG")
    except BaseException:
        pictures.drop(target)
        raise


def save_pixels(opencv: Any, pixels: Any) -> None:
    """Saves an array as OpenCV shows it."""
    if pixels.dtype.kind == "f":
        pixels = (pixels.clip(0, 1) * 255).astype("uint8")
    pictures.save("image", ".png", opencv.imencode(".png", pixels)[1].tobytes())


def save_chart(figure: Any) -> None:
    """Saves a chart of plotly: a page that needs no network, and a picture where the library can draw it."""
    if (target := pictures.create("chart", ".html")) is None:
        return
    import plotly.io
    try:
        with target:
            target.write(plotly.io.to_html(figure, include_plotlyjs=True).encode())
    except BaseException:
        pictures.drop(target)
        raise
    picture = _draw(figure)
    if picture is not None:
        pictures.save("chart", ".png", picture)


def _draw(figure: Any) -> bytes | None:
    global _plotly_draws
    from importlib.util import find_spec
    if not _plotly_draws or find_spec("kaleido") is None:
        return None
    import plotly.io
    try:
        return plotly.io.to_image(figure, format="png")
    except Exception as error:
        _plotly_draws = False
        pictures.say_once(f"charts are saved as HTML only: {type(error).__name__}: {error}".splitlines()[0])
        return None


def _in_a_mode_of_png(image: Any) -> Any:
    if image.mode in ("1", "L", "LA", "I", "I;16", "P", "RGB", "RGBA"):
        return image
    if image.mode == "F":
        low, high = image.getextrema()
        scale = 255 / (high - low or 1)
        return image.point(lambda value: value * scale - low * scale).convert("L")
    return image.convert({"La": "LA", "PA": "RGBA", "RGBa": "RGBA"}.get(image.mode, "RGB"))


def _show_by_its_methods(value: Any) -> bool:
    bundle = _bundle(value)
    for method, mime, suffix in _FILES:
        if data := bundle.get(mime) or _ask(value, method):
            pictures.save("display", suffix, _bytes(data, mime))
            return True
    # A table has a text that says the same; a map or a styled table has none.
    if type(value).__repr__ is object.__repr__ or type(value).__module__.startswith(("IPython.", "folium.", "altair.")):
        if page := bundle.get("text/html") or _ask(value, "_repr_html_"):
            pictures.save("display", ".html", page.encode(errors="surrogatepass"))
            return True
    return False


def _text(value: Any) -> str:
    if type(value).__module__.startswith("IPython."):
        for method, mime in _TEXTS:
            if text := _bundle(value).get(mime) or _ask(value, method):
                return str(text[0] if isinstance(text, tuple) else text)
    return repr(value)


def _bundle(value: Any) -> dict[str, Any]:
    found = _ask(value, "_repr_mimebundle_")
    if isinstance(found, tuple) and found:
        found = found[0]
    return found if isinstance(found, dict) else {}


def _ask(value: Any, method: str) -> Any:
    """As notebooks do: an object that answers to every name has none of these methods, and one that fails has nothing to say."""
    if isinstance(value, type) or not callable(getattr(type(value), method, None)):
        return None
    try:
        found = getattr(value, method)()
    except Exception:
        return None
    # With its size, and the like, beside it.
    return found[0] if isinstance(found, tuple) and found and not isinstance(found[0], dict) else found


def _bytes(data: Any, mime: str) -> bytes:
    if isinstance(data, bytes):
        return data
    if mime == "image/svg+xml":
        return data.encode(errors="surrogatepass")
    import base64
    return base64.b64decode(data)


def _is_a(kind: type, module: str, name: str) -> bool:
    """Does not import the module: code with such an object has imported it."""
    found = getattr(sys.modules.get(module), name, None)
    return isinstance(found, type) and issubclass(kind, found)


def displayhook(value: Any) -> None:
    """Shows the value of a last expression: as a file, or as the interpreter does."""
    if value is None or _is_seen(value) or not show(value):
        sys.__displayhook__(value)
    else:
        import builtins
        builtins._ = value


def _is_seen(value: Any) -> bool:
    """Whether it is a figure that was shown or saved."""
    return _is_a(type(value), "matplotlib.figure", "Figure") and getattr(value.canvas.manager, "is_kept", False)
