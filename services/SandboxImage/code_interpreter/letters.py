"""
Letters that the chosen font does not have come from one that has them, whatever font the code has chosen. Matplotlib's `text` module
ends with a call of `install` in this image. A list of all these fonts as `font.family` would open each of them for every text.
"""

from typing import Any

# The first and the last of a range of characters, and the font that has them.
_FONTS = (
    (0x0530, 0x058F, "Noto Sans Armenian"),
    (0x0600, 0x06FF, "Noto Sans Arabic"),
    (0x0750, 0x077F, "Noto Sans Arabic"),
    (0x0900, 0x097F, "Noto Sans Devanagari"),
    (0x0980, 0x09FF, "Noto Sans Bengali"),
    (0x0A00, 0x0A7F, "Noto Sans Gurmukhi"),
    (0x0A80, 0x0AFF, "Noto Sans Gujarati"),
    (0x0B00, 0x0B7F, "Noto Sans Oriya"),
    (0x0B80, 0x0BFF, "Noto Sans Tamil"),
    (0x0C00, 0x0C7F, "Noto Sans Telugu"),
    (0x0C80, 0x0CFF, "Noto Sans Kannada"),
    (0x0D00, 0x0D7F, "Noto Sans Malayalam"),
    (0x0D80, 0x0DFF, "Noto Sans Sinhala"),
    (0x0E00, 0x0E7F, "Noto Sans Thai"),
    (0x0E80, 0x0EFF, "Noto Sans Lao"),
    (0x1000, 0x109F, "Noto Sans Myanmar"),
    (0x10A0, 0x10FF, "Noto Sans Georgian"),
    (0x1100, 0x11FF, "WenQuanYi Micro Hei"),
    (0x1200, 0x137F, "Noto Sans Ethiopic"),
    (0x1780, 0x17FF, "Noto Sans Khmer"),
    (0x2300, 0x2BFF, "Symbola"),
    (0x2E80, 0x9FFF, "WenQuanYi Micro Hei"),
    (0xAC00, 0xD7AF, "WenQuanYi Micro Hei"),
    (0xF900, 0xFAFF, "WenQuanYi Micro Hei"),
    (0xFE30, 0xFE4F, "WenQuanYi Micro Hei"),
    (0xFF00, 0xFFEF, "WenQuanYi Micro Hei"),
    (0x1F000, 0x1FAFF, "Symbola"),
    (0x20000, 0x3FFFF, "WenQuanYi Micro Hei"),
)
# It has Latin, Greek, Cyrillic, Arabic and Hebrew, and many signs; other fonts that code chooses do not.
_WIDEST = "DejaVu Sans"


def families(text: str) -> list[str]:
    """
    The fonts to try after the chosen one for the letters of a text. None for a text of Western European letters, punctuation, and
    mathematical signs, such as the minus sign of every axis.
    """
    if text.isascii():
        return []
    points = {ord(character) for character in text if character >= "\u0180" and not "\u2000" <= character < "\u2300"}
    if not points:
        return []
    names = dict.fromkeys(name for first, last, name in _FONTS if any(first <= point <= last for point in points))
    return [_WIDEST, *names]


def install(text: type[Any]) -> None:
    """Lets matplotlib's `Text` look in these fonts, too. Those that the image does not have are left out."""
    layout = text._get_layout

    def layout_with_all_letters(self: Any, renderer: Any) -> Any:
        properties = self._fontproperties
        more = [name for name in families(self.get_text()) if name not in properties.get_family() and name in _installed()]
        if more and properties.get_file() is None:
            properties.set_family([*properties.get_family(), *more])
        return layout(self, renderer)

    text._get_layout = layout_with_all_letters


def _installed() -> set[str]:
    from matplotlib.font_manager import fontManager
    return {font.name for font in fontManager.ttflist}
