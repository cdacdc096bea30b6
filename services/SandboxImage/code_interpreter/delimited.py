"""CSV and its relatives as a DataFrame, in whatever encoding and with whatever delimiter an office writes them."""

from typing import Any

from code_interpreter import charsets, options
from code_interpreter.decoding import describe, unreadable
from code_interpreter.dialects import COMMA_NUMBER, Dialect, name_of, sniff
from code_interpreter.sources import Source

# With one of these the caller says which line is the header, or which columns are numbers.
_OWN_HEADER = ("header", "skiprows", "names", "dialect")
_OWN_NUMBERS = ("decimal", "thousands", "dtype", "converters", "dialect")
_IN_PIECES = ("chunksize", "iterator", "nrows")


def read(source: Source, given: dict[str, Any], delimiter: str | None = None) -> Any:
    """Reads a table; `delimiter` where the name of the file says it. What was assumed is in `attrs["load_file"]` and on stderr."""
    import pandas
    options.check(source.name, given, options.of(pandas.read_csv))
    head = source.head(charsets.SAMPLE_BYTES)
    encoding = given.get("encoding")
    guess = charsets.Guess(encoding, 1) if encoding else charsets.Guess(charsets.certain(head) or "", 1)
    if not guess.encoding:
        guess = _guess(head)
    try:
        return _read(source, given, delimiter, head, guess)
    except UnicodeDecodeError:
        if encoding or "encoding_errors" in given:
            raise
    # The beginning did not show it.
    part = unreadable(source)
    guess = _guess(part) if part else guess
    try:
        return _read(source, given, delimiter, head, guess)
    except UnicodeDecodeError:
        return _read(source, given, delimiter, head, guess, replaced=True)


def _guess(sample: bytes) -> charsets.Guess:
    guess = charsets.guess(sample)
    # A table is read even if nothing fits; the message says that it may be wrong.
    return guess if guess.text else charsets.Guess("cp1252", guess.fit)


def _read(
        source: Source, given: dict[str, Any], delimiter: str | None, head: bytes, guess: charsets.Guess, replaced: bool = False) -> Any:
    import pandas
    dialect, found = _dialect(given, delimiter, head, guess.encoding)
    how = {"encoding": guess.encoding, **found, **given}
    if how["encoding"] == "utf-8" and "encoding" not in given:
        del how["encoding"]
    if replaced:
        how["encoding_errors"] = "replace"
    in_pieces = any(given.get(name) for name in _IN_PIECES)
    if not source.packing:
        table = pandas.read_csv(source.path, **how)
    elif given.get("chunksize") or given.get("iterator"):
        table = pandas.read_csv(source.open(bounded=False), **how)
    else:
        with source.open(bounded=not in_pieces) as file:
            table = pandas.read_csv(file, **how)
    _finish(source, table, given, delimiter, dialect, guess, replaced)
    return table


def _dialect(given: dict[str, Any], delimiter: str | None, head: bytes, encoding: str) -> tuple[Dialect, dict[str, Any]]:
    """How the table is written, and the options for pandas that follow from it."""
    own = given.get("sep", given.get("delimiter", delimiter))
    if "dialect" in given or own is not None and len(own) != 1 or given.get("delim_whitespace"):
        return Dialect(), {}
    text = head.decode(encoding, "replace")
    dialect = sniff(text, own, whole=len(head) < charsets.SAMPLE_BYTES)
    found: dict[str, Any] = {}
    if dialect.delimiter != "," and not {"sep", "delimiter"} & given.keys():
        found["sep"] = dialect.delimiter
    if dialect.header and not given.keys() & set(_OWN_HEADER):
        found["skiprows"] = dialect.header
    if dialect.trailing and not given.keys() & {"index_col", *_OWN_HEADER}:
        found["index_col"] = False
    if dialect.decimal == "," and not given.keys() & set(_OWN_NUMBERS):
        found["decimal"] = ","
    if dialect.decimal != "." and not given.keys() & {"engine", "low_memory"}:
        # A column is all text or all numbers, then, and not one by pieces.
        found["low_memory"] = False
    return dialect, found


def _finish(
        source: Source, table: Any, given: dict[str, Any], delimiter: str | None, dialect: Dialect, guess: charsets.Guess,
        replaced: bool) -> None:
    """Converts numbers with a decimal comma, unless the table comes in pieces, and reports what was assumed."""
    import pandas
    assumed: dict[str, Any] = {}
    said = []
    if "encoding" not in given and guess.encoding not in ("utf-8", "utf-8-sig"):
        assumed["encoding"] = guess.encoding
        said.append(f"{guess.verb} {describe(guess.encoding)}")
    if replaced:
        assumed["encoding_errors"] = "replace"
        said.append(f"bytes that are no {describe(guess.encoding)} replaced by \ufffd")
    if dialect.delimiter != (delimiter or ",") and not {"sep", "delimiter"} & given.keys():
        assumed["sep"] = dialect.delimiter
        said.append(f"delimiter {name_of(dialect.delimiter)}")
    if dialect.header and not given.keys() & set(_OWN_HEADER):
        assumed["skiprows"] = dialect.header
        if dialect.title:
            said.append(f"{dialect.header} line{'s' if dialect.header > 1 else ''} above the header left out, {dialect.title[:60]!r}")
    if dialect.decimal != "." and not given.keys() & set(_OWN_NUMBERS):
        assumed["decimal"] = ","
        if isinstance(table, pandas.DataFrame) and (grouped := to_numbers(table)):
            assumed["thousands"] = grouped
        said.append("decimal comma")
    if dialect.unclear and not given.keys() & set(_OWN_NUMBERS):
        sign, other = ("comma", ".") if dialect.decimal == "," else ("point", ",")
        said.append(f"{dialect.unclear} taken for a number with a decimal {sign}, not for thousands (decimal={other!r}, thousands=)")
    if assumed and isinstance(table, pandas.DataFrame):
        table.attrs["load_file"] = assumed
    if said:
        keys = [f"{key}=" for key in ("encoding", "sep", "skiprows", "decimal") if key in assumed]
        source.tell("; ".join(said) + (f". If that is wrong, pass {', '.join(keys)}" if keys else ""))


def to_numbers(table: Any) -> str:
    """Converts text columns in which every cell is a number with a decimal comma; returns the separator of thousands."""
    import pandas
    separator = ""
    for place, kind in enumerate(table.dtypes):
        if not pandas.api.types.is_string_dtype(kind):
            continue
        column = table.iloc[:, place]
        values = column.dropna()
        if values.empty or not all(isinstance(value, str) and COMMA_NUMBER.fullmatch(value.strip()) for value in values[:50]):
            continue
        texts = values.astype(str).str.strip()
        if not texts.str.fullmatch(COMMA_NUMBER).all():
            continue
        groups = texts.str.extract(r"\d([.\u00a0\u202f ' ])\d{3}", expand=False).dropna()
        separator = separator or ("" if groups.empty else groups.iloc[0])
        plain = texts.str.replace(r"[.\u00a0\u202f ']", "", regex=True).str.replace(",", ".")
        numbers = pandas.to_numeric(plain.str.replace(r"^(.*)-$", r"-\1", regex=True))
        table[table.columns[place]] = numbers.reindex(column.index)
    return separator
