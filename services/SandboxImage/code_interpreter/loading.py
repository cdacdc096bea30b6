"""`load_file`: a file of the execution, by its id or its name, as the object that fits its type. `load_file_path`: where it is."""

import json
import os
from typing import Any

WORK = "/mnt/data"
INPUTS = "/home/sandbox/.inputs.json"
_HIDDEN_PICTURE = "SPOILER_"


def load_file(id_or_name: str, **options: Any) -> Any:
    """
    Loads a file by its id or its name. CSV, TSV, Excel, OpenDocument, Parquet, Feather and HDF5 become a DataFrame, several sheets a
    dictionary of DataFrames; JSON, YAML and TOML an object, .npy and .npz arrays, images a PIL image, text and code a string, everything
    else bytes.

    Detects encoding, delimiter and decimal comma of text, and writes a line to stderr if these are not UTF-8 and commas. Options such as
    `sep`, `encoding`, `nrows` or `sheet_name` go to the reader of the file. Compressed files such as `.csv.gz` are unpacked.
    """
    from code_interpreter.formats import READERS, TEXT, text
    from code_interpreter.options import check
    from code_interpreter.sources import Source
    source = Source(load_file_path(id_or_name))
    if source.extension in READERS:
        return READERS[source.extension](source, options)
    if source.extension in TEXT or source.name.lower() in TEXT:
        return text(source, options)
    check(source.name, options, ())
    with open(source.path, "rb") as file:
        return file.read()


def load_file_path(id_or_name: str) -> str:
    """The path of a file, by its id or its name, for a library that opens it itself."""
    if not isinstance(id_or_name, (str, os.PathLike)):
        raise TypeError(f"load_file needs the id or the name of a file, not {type(id_or_name).__name__}")
    wanted = os.fspath(id_or_name)
    if not isinstance(wanted, str):
        wanted = os.fsdecode(wanted)
    inputs = _inputs()
    for entry in inputs:
        if wanted in (entry["file_id"], entry["path"]):
            return os.path.join(WORK, entry["path"])
    for candidate in (os.path.join(WORK, wanted), os.path.abspath(wanted)):
        if wanted and os.path.isfile(candidate):
            return candidate
    if found := _find_alike(wanted, inputs):
        return found
    raise FileNotFoundError(_explain(wanted, inputs))


def _find_alike(wanted: str, inputs: list[dict[str, str]]) -> str | None:
    """By the plain name, in whichever of its forms: Unicode has two for many letters, and systems differ in which they use."""
    paths = [entry["path"] for entry in inputs]
    form = _form(wanted)
    for alike in (
        [path for path in paths if _form(path) == form],
        [path for path in paths if _form(os.path.basename(path)) == form],
        _neighbours(wanted, form),
        # Discord puts this before the name of a picture that is to be hidden.
        [path for path in paths if _form(os.path.basename(path).removeprefix(_HIDDEN_PICTURE)) == form],
    ):
        if alike:
            return os.path.join(WORK, alike[0])
    return None


def _form(name: str) -> str:
    if name.isascii():
        return name
    import unicodedata
    return unicodedata.normalize("NFC", name)


def _neighbours(wanted: str, form: str) -> list[str]:
    """Files that the code has made, each as a path from the working directory, or as a whole one."""
    found = []
    for folder, base in ((os.path.join(WORK, os.path.dirname(wanted)), WORK), (os.path.dirname(wanted) or ".", "")):
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            if _form(name) == os.path.basename(form) and os.path.isfile(path):
                found.append(path if base else os.path.abspath(path))
    return found


def _inputs() -> list[dict[str, str]]:
    try:
        with open(INPUTS, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return []


def _explain(wanted: str, inputs: list[dict[str, str]]) -> str:
    reason = f"no file {wanted!r} in this execution: it is unknown, has expired, or was not attached."
    attached = ", ".join(f"{entry['path']} (id {entry['file_id']})" for entry in inputs)
    return f"{reason} Available: {attached}" if attached else f"{reason} No files are attached."
