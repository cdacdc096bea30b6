"""How a text table is written: its delimiter, the line its header is in, its decimal sign. Found out from the first lines."""

import csv
import io
import re
from collections import Counter
from itertools import islice, zip_longest
from typing import NamedTuple

# Where two delimiters fit equally well, the comma is in texts and numbers, and the other one is not.
_DELIMITERS = ("\t", ";", "|", ",")
_NAMES = {"\t": "a tab"}
_LINES = 200
_TITLE_LINES = 20
# 7 or 1.234 or 12,50 or 1.234,50 or 1 234,50 or, as SAP writes it, 12,50-
COMMA_NUMBER = re.compile(r"[-+]?(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}([ \u00a0\u202f']\d{3})+)(,\d+)?-?")
_GROUPED = re.compile(r"[-+]?([1-9]\d{0,2}(\.\d{3})+|\d{1,3})")
_THREE_DIGITS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_POINT_NUMBER = re.compile(r"[-+]?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?")
_NUMBER = re.compile(r"[-+]?\d[\d.,'\u00a0\u202f ]*%?")


class Dialect(NamedTuple):
    """
    `header` is the number of lines above the header line, `title` the text in the first of them; `decimal` is a comma, a point, or `mixed`
    where columns differ; `unclear` is a number that may also mean something else;
    `trailing` says that all lines but the header end with a delimiter.
    """

    delimiter: str = ","
    header: int = 0
    title: str = ""
    decimal: str = "."
    unclear: str = ""
    trailing: bool = False


def name_of(delimiter: str) -> str:
    return _NAMES.get(delimiter, repr(delimiter))


def sniff(text: str, delimiter: str | None = None, whole: bool = True) -> Dialect:
    """The dialect of a table's beginning. `whole` says that the text ends where the file ends."""
    lines = list(islice(io.StringIO(text, newline=None), _LINES + 1))
    if len(lines) > _LINES or not whole and len(lines) > 1:
        lines.pop()
    header = 0
    if lines and (announced := _announced(lines[0])):
        delimiter, header = delimiter or announced, 1
    rows = {mark: _rows(lines[header:], mark) for mark in ([delimiter] if delimiter else _DELIMITERS)}
    chosen = max(rows, key=lambda mark: _fits(rows[mark])) if delimiter is None else delimiter
    if delimiter is None and not _fits(rows[chosen]):
        chosen = ","
    above = _above_header(rows[chosen])
    table = rows[chosen][above:]
    decimal, unclear = _decimal(table[1:], chosen)
    title = " ".join(rows[chosen][0].cells).strip() if above else ""
    trailing = len(table) > 1 and all(len(row.cells) == len(table[0].cells) + 1 and not row.cells[-1] for row in table[1:])
    return Dialect(chosen, header + (table[0].line if above else 0), title, decimal, unclear, trailing)


def _announced(line: str) -> str | None:
    """Excel writes and reads `sep=;` as a first line."""
    match = re.fullmatch(r'\ufeff?"?sep=([^\w"\'\r\n])"?[;,\t|]*\r?\n?', line, re.IGNORECASE)
    return match[1] if match else None


class _Row(NamedTuple):
    # The line that it begins in.
    line: int
    cells: list[str]


def _rows(lines: list[str], delimiter: str) -> list[_Row]:
    reader = csv.reader(lines, delimiter=delimiter)
    rows, line = [], 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_Row(line, cells))
            line = reader.line_num
    except csv.Error:
        # A cell longer than csv takes: what comes before it is enough.
        pass
    return rows


def _fits(rows: list[_Row]) -> float:
    """How many of the rows have the usual number of cells; none when that is one."""
    width = _width(rows)
    return sum(len(row.cells) == width for row in rows) / len(rows) if width > 1 else 0.0


def _width(rows: list[_Row]) -> int:
    counts = Counter(len(row.cells) for row in rows)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _above_header(rows: list[_Row]) -> int:
    """How many rows are a title: they have one cell, or fewer than the table, which begins with a row without numbers."""
    width = _width(rows)
    if width < 2 or len(rows) < 3:
        return 0
    for place, row in enumerate(rows[:_TITLE_LINES]):
        if place + 1 >= len(rows) or not _is_title(row, rows[place + 1], rows[place + 2:], width):
            return place
    return 0


def _is_title(row: _Row, following: _Row, rest: list[_Row], width: int) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(row.cells) == width:
        # A sheet saved as CSV pads its title.
        return len(filled) == 1 and bool(row.cells[0].strip()) and not _has_number(row) and len(following.cells) == width and (
            not _has_number(following) and (width > 2 or any(map(_has_number, rest))))
    if len(row.cells) > width:
        return False
    # One cell less than the others is how R writes a table with row names: then the next line has data.
    return len(row.cells) < width - 1 or not _has_number(following) and (any(map(_has_number, rest)) or len(following.cells) < width)


def _has_number(row: _Row) -> bool:
    return any(_NUMBER.fullmatch(cell.strip()) for cell in row.cells)


def _decimal(rows: list[_Row], delimiter: str) -> tuple[str, str]:
    """The decimal sign of the columns, and a number that can be read in two ways."""
    commas = points = 0
    unclear = ""
    for column in zip_longest(*(row.cells for row in rows), fillvalue=""):
        cells = [text for cell in column if (text := cell.strip())]
        if any("," in cell for cell in cells) and all(map(COMMA_NUMBER.fullmatch, cells)):
            commas += 1
            if delimiter != "," and all(_THREE_DIGITS.fullmatch(cell) for cell in cells if "," in cell):
                unclear = unclear or next(cell for cell in cells if "," in cell)
        elif any("." in cell for cell in cells):
            if delimiter != "," and all(map(_GROUPED.fullmatch, cells)):
                unclear = unclear or cells[0]
            elif all(map(_POINT_NUMBER.fullmatch, cells)):
                points += 1
    if commas:
        # Grouped numbers beside decimal commas are clear.
        return ("," if not points else "mixed"), unclear if "," in unclear else ""
    return ".", unclear
