"""Workbooks: one sheet as a table, several as a dictionary of tables. The content decides, not the name: `.xls` may be HTML or text."""

import io
import re
import zipfile
from typing import Any

from code_interpreter import delimited, options
from code_interpreter.decoding import decode_bytes
from code_interpreter.sources import Source, check_unpacked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# Excel 2, 3 and 4, which wrote no container.
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
# A title is at most so many lines above its table.
_TITLE_LINES = 20


def read(source: Source, given: dict[str, Any]) -> Any:
    import pandas
    head = source.head(4096)
    if not head.startswith((_OLE, _ZIP, *_BIFF)):
        return _not_a_workbook(source, head, given)
    options.check(source.name, given, options.of(pandas.read_excel))
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in source.read():
        raise ValueError(f"{source.name} is protected by a password; save it without one")
    file = source.whole()
    if head.startswith(_ZIP):
        with zipfile.ZipFile(file) as archive:
            check_unpacked(source, archive)
    try:
        with pandas.ExcelFile(file, **{name: given.pop(name) for name in ("engine", "engine_kwargs") if name in given}) as book:
            return _sheets(source, book, given)
    except ImportError as error:
        raise _missing(source, error) from None


def _missing(source: Source, error: ImportError) -> ImportError:
    match = re.search(r"'([\w.-]+)'", str(error))
    library = match[1] if match else str(error)
    return ImportError(
        f"{source.name} is read with the library {library}, which this sandbox does not have; save the file as .xlsx or .csv", name=library)


def _sheets(source: Source, book: Any, given: dict[str, Any]) -> Any:
    if "sheet_name" in given:
        return book.parse(**given)
    tables, empty = {}, []
    for sheet in book.sheet_names:
        table = book.parse(sheet, **given)
        if table.empty and not len(table.columns):
            empty.append(sheet)
        else:
            tables[sheet] = table if given.keys() & {"header", "skiprows", "names"} else _below_title(source, book, sheet, table, given)
    if not tables:
        return book.parse(0, **given)
    if empty:
        source.tell(f"sheets with nothing in them left out: {', '.join(map(repr, empty))}")
    if len(tables) == 1:
        return next(iter(tables.values()))
    source.tell(f"{len(tables)} sheets, as a dictionary of tables: {', '.join(map(repr, tables))}")
    return tables


def _below_title(source: Source, book: Any, sheet: str, table: Any, given: dict[str, Any]) -> Any:
    """Reads once more, from the header on, where the first line is a title: then the other columns have no names."""
    names = [str(name) for name in table.columns]
    if len(names) < 2 or not all(re.fullmatch(r"Unnamed: \d+", name) for name in names[1:]) or names[0].startswith("Unnamed: "):
        return table
    for line, row in enumerate(table.head(_TITLE_LINES).itertuples(index=False)):
        filled = [cell for cell in row if cell == cell and cell is not None]
        if len(filled) > 1:
            if len(filled) < len(names) - 1 or not all(isinstance(cell, str) for cell in filled):
                return table
            below = book.parse(sheet, **given, header=line + 1)
            below.attrs["load_file"] = {"header": line + 1}
            left_out = f"{line + 1} line{'s' if line else ''} above the header left out, {names[0][:60]!r}"
            source.tell(f"sheet {sheet!r}: {left_out}. If that is wrong, pass header=")
            return below
    return table


def _not_a_workbook(source: Source, head: bytes, given: dict[str, Any]) -> Any:
    """HTML and text under the name of a workbook, as many exports are."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if b"progid=\"excel.sheet\"" in start or start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise ValueError(f"{source.name} is a workbook in the XML of Excel 2003, which is not supported; save it as .xlsx or .csv")
    if start.startswith(b"<") and (b"<table" in start or b"<html" in start or b"<!doctype html" in start or b"<meta" in start):
        return _html(source, given)
    source.tell("text, and no workbook; read as a text table")
    return delimited.read(source, given)


def _html(source: Source, given: dict[str, Any]) -> Any:
    import pandas
    options.check(source.name, given, set(options.of(pandas.read_html)) - {"flavor"})
    text = decode_bytes(source, source.read(), given.pop("encoding", None))
    found = pandas.read_html(io.StringIO(text), flavor="lxml", **{"thousands": None, **given})
    for table in found:
        delimited.to_numbers(table)
    source.tell(f"a web page, and no workbook; {'its table' if len(found) == 1 else f'its {len(found)} tables, as a dictionary'}")
    return found[0] if len(found) == 1 else {f"table {number}": table for number, table in enumerate(found, 1)}
