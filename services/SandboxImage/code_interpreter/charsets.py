"""
Detects the encoding of text. A byte order mark or valid UTF-8 decides. Otherwise each legacy encoding is tried on a sample. The encoding
wins whose letters fit the alphabet of a language and form words.
"""

import codecs
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from code_interpreter.alphabets import ALPHABETS, SIGNS, UNLIKELY

SAMPLE_BYTES = 64 * 1024
# More bytes beyond ASCII do not change the result; each one costs time with each encoding.
_JUDGED_BYTES = 400
_SURE = 0.25
# Below this it is no text of any language.
_TEXT = -0.2

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TYPOGRAPHY = frozenset("–—‘’‚“”„…«»‹›€£§°·•©®™²³¹½¼¾µ×±¡¿\u00a0\u00ad♪№→←↑↓■□●○★、。・「」『』（）：；，．！？％￥〜～《》【】￦／＋－＝\u3000①②③④⑤⑥⑦⑧⑨⑩㈱㈲")
# Marks that stand between letters; any other mark there speaks against an encoding.
_JOINING = frozenset("’‘·\u00ad\u00a0°²³")
_CONTROLS = frozenset(map(chr, (*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF)))
_LETTERS = re.compile(rb"[\x80-\xff]")


class Guess(NamedTuple):
    """An encoding by its Python name, and how well the text fits it, at best 1."""

    encoding: str
    fit: float

    @property
    def sure(self) -> bool:
        return self.fit >= _SURE

    @property
    def verb(self) -> str:
        return "read as" if self.sure else "read, perhaps wrongly, as"

    @property
    def text(self) -> bool:
        return self.fit >= _TEXT


def certain(sample: bytes) -> str | None:
    """The encoding, where a mark or the form of the bytes shows it. The sample may end inside a character."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    if wide := _wide(sample):
        return wide
    if is_utf8(sample):
        return "iso2022_jp" if b"\x1b$" in sample or b"\x1b(J" in sample else "utf-8"
    return None


def is_utf8(sample: bytes) -> bool:
    if sample.isascii():
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is zero where letters are plain, and few are where they are not."""
    if b"\0" not in sample or len(sample) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if 8 * max(even, odd) < len(sample) or min(even, odd) > max(even, odd) // 8:
        return None
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
    return encoding if _CONTROLS.isdisjoint(text) else None


def guess(sample: bytes) -> Guess:
    """The likeliest encoding of text that is not UTF-8."""
    judged, cut = _places(sample)
    best = Guess("cp1252", -9)
    if (fit := _broken_utf8(judged)) is not None:
        best = Guess("utf-8", fit)
    for codec, languages in _codecs().items():
        text = _decode(judged, codec, cut)
        if text is None:
            continue
        seen = _Seen(text)
        for letters, many in languages:
            fit = seen.fit(letters, many, UNLIKELY[codec])
            if fit > best.fit:
                best = Guess(codec, fit)
    return best


def _places(sample: bytes) -> tuple[bytes, bool]:
    """The lines that have more than ASCII, up to a bound, and whether the last one may end inside a character."""
    kept, size = [], 0
    for line in sample.splitlines():
        if line.isascii():
            continue
        kept.append(line)
        size += len(_LETTERS.findall(line))
        if size > _JUDGED_BYTES:
            break
    cut = len(sample) >= SAMPLE_BYTES and bool(kept) and sample.endswith(kept[-1])
    if cut and len(kept) > 1:
        kept.pop()
        cut = False
    return b"\n".join(kept), cut


def _decode(data: bytes, codec: str, cut: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data, final=not cut)
    except UnicodeDecodeError:
        return None
    return None if any("\x80" <= character <= "\x9f" for character in set(text)) else text


def _broken_utf8(data: bytes) -> float | None:
    """How well it is UTF-8 but for a few bytes, such as in files that were put together from several."""
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", data))
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return 1 - 4 * bad / (good + bad) if good > 4 * bad else None


class _Seen:
    """The characters beyond ASCII of a text under one encoding, each with what its place says of it."""

    def __init__(self, text: str) -> None:
        self._counts: Counter[str] = Counter()
        self._base = 0.0
        self._size = 0
        padded = f" {text} "
        for (before, character, after), count in Counter(zip(padded, padded[1:], padded[2:])).items():
            if character <= "\x7f":
                continue
            self._size += count
            if character.isalpha() or character in "ªº" or "\u0e00" <= character <= "\u0e7f":
                self._counts[character] += count
                self._base += count * _place(before, character, after)
            elif character in _TYPOGRAPHY:
                self._base += count * (-1.5 if before.isalpha() and after.isalpha() and character not in _JOINING else 0.6)
            else:
                self._base -= 1.5 * count

    def fit(self, letters: dict[str, float], many: bool, unlikely: float) -> float:
        if not self._size:
            return -9
        other = _rare if many else _foreign
        points = sum(count * (letters[character] if character in letters else other(character))
                     for character, count in self._counts.items())
        return (self._base + points - unlikely) / self._size


def _place(before: str, character: str, after: str) -> float:
    """What speaks against a letter here: a capital inside a word, another script beside it."""
    against = 0.0
    if character.isupper():
        # Capitals are rarer anyway, and inside a word of small letters there are none.
        against -= 1.5 if before.islower() else 0.05
        if after.islower() and before.isupper():
            against -= 0.5
    elif before.isupper() and after.isupper() and character.islower():
        against -= 1.0
    if before.isdigit() or after.isdigit():
        against -= 0.2
    if character > "\u02ff" and (before.isascii() and before.isalpha() or after.isascii() and after.isalpha()):
        against -= 0.5 if character > "\u2fff" else 1.2
    return against


def _foreign(character: str) -> float:
    return -1.5


@cache
def _rare(character: str) -> float:
    """A sign that is not among the usual ones of its language."""
    try:
        gb = character.encode("gb2312")
    except UnicodeEncodeError:
        gb = b""
    if "\u4e00" <= character <= "\u9fff":
        return 0.1 if gb and gb[0] < 0xD8 else -0.5 if gb else -0.3
    if "\uac00" <= character <= "\ud7a3":
        return 0.3
    return -1.2


@cache
def _codecs() -> dict[str, list[tuple[dict[str, float], bool]]]:
    """For each encoding the languages that may be in it: the weights of their letters, and whether they have many signs."""
    table: dict[str, list[tuple[dict[str, float], bool]]] = {}
    for many, languages in ((False, ALPHABETS), (True, SIGNS)):
        for encodings, letters in languages:
            weights = _weights(letters, many)
            for codec in encodings:
                table.setdefault(codec, []).append((weights, many))
    return table


def _weights(letters: str, many: bool) -> dict[str, float]:
    if many:
        return dict.fromkeys(letters, 1.0)
    step = 0.5 / max(len(letters), 12)
    weights: dict[str, float] = {}
    for place, letter in enumerate(letters):
        for form in (letter, letter.upper()):
            if len(form) == 1:
                weights.setdefault(form, 1 - place * step)
    return weights
