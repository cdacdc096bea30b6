"""Text of any encoding as `str`."""

import codecs
import re

from code_interpreter import charsets
from code_interpreter.alphabets import UNLIKELY
from code_interpreter.sources import Source

_DECLARED = re.compile(rb"""(?:coding[:=]\s*|charset=\s*|encoding=\s*)["']?([-\w.]{2,40})""")
# Their usual names, for messages.
NAMES = {
    "cp1252": "Windows-1252 (Western Europe)", "cp1250": "Windows-1250 (Central Europe)", "cp1251": "Windows-1251 (Cyrillic)",
    "cp932": "Shift-JIS (Japanese)", "cp949": "EUC-KR (Korean)", "cp950": "Big5 (traditional Chinese)",
    "gb18030": "GB18030 (simplified Chinese)", "cp1253": "Windows-1253 (Greek)", "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)", "cp1256": "Windows-1256 (Arabic)", "cp1257": "Windows-1257 (Baltic)", "mac_roman": "Mac Roman",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    "iso2022_jp": "ISO-2022-JP",
}
_SUPERSETS = {"iso8859_1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950"}


def describe(encoding: str) -> str:
    return NAMES.get(encoding, encoding.replace("iso8859_", "ISO-8859-"))


def decode(source: Source, encoding: str | None = None) -> str:
    """The text of a file; an encoding other than UTF-8 is reported. `UnicodeDecodeError` if it is not text."""
    return decode_bytes(source, source.read(), encoding)


def decode_bytes(source: Source, data: bytes, encoding: str | None = None) -> str:
    if encoding is not None:
        return data.decode(encoding)
    found = charsets.certain(data[:charsets.SAMPLE_BYTES]) or "utf-8"
    try:
        text = data.decode(found)
    except UnicodeDecodeError as error:
        before = max(0, error.start - charsets.SAMPLE_BYTES // 2)
        start = data.find(b"\n", before, error.start) + 1 if before else 0
        return _guessed(source, data, data[start or before:][:charsets.SAMPLE_BYTES])
    if not found.startswith("utf-8"):
        source.tell(f"read as {describe(found)}")
    return text


def _guessed(source: Source, data: bytes, sample: bytes) -> str:
    if encoding := _declared(data):
        how = "says that it is"
    else:
        guess = charsets.guess(sample)
        if not guess.text or b"\0" in sample:
            raise UnicodeDecodeError("utf-8", data[:40], 0, 1, "this is not text in a known encoding")
        encoding, how = guess.encoding, guess.verb
    text = data.decode(encoding, "replace")
    replaced = text.count("\ufffd")
    rest = f", {replaced} characters that do not fit replaced by \ufffd" if replaced else ""
    source.tell(f"{how} {describe(encoding)}{rest}; where that is wrong, pass encoding=")
    return text


def unreadable(source: Source) -> bytes:
    """The first part of a file that is not UTF-8; empty when all of it is."""
    decoder, before = codecs.getincrementaldecoder("utf-8")(), b""
    with source.open() as file:
        while part := file.read(charsets.SAMPLE_BYTES):
            try:
                decoder.decode(part)
            except UnicodeDecodeError:
                return before[before.find(b"\n") + 1:] + part
            before = part
    return b""


def _declared(data: bytes) -> str | None:
    """What XML, HTML and source files say of themselves, where they keep to it."""
    match = _DECLARED.search(data[:1024])
    name = _known(match[1].decode("ascii", "replace")) if match else None
    if name is None:
        return None
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return None
    return name


def _known(name: str) -> str | None:
    """The encoding that a label stands for, as browsers take labels; nothing but encodings of text."""
    try:
        name = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in UNLIKELY else None
