"""`load_file`: a file of the execution, by its id or its name, as the object that fits its type."""

import json
import os
from typing import Any

from code_interpreter.formats import READERS, TEXT

WORK = "/mnt/data"
INPUTS = "/home/sandbox/.inputs.json"


def load_file(id_or_name: str) -> Any:
    """
    Loads a file by its id or its name. CSV, TSV, Excel, Parquet, Feather and HDF5 become a DataFrame, JSON, YAML and
    TOML an object, .npy and .npz arrays, images a PIL image, text and code a string, everything else bytes.
    """
    if not isinstance(id_or_name, (str, os.PathLike)):
        raise TypeError(f"load_file needs the id or the name of a file, not {type(id_or_name).__name__}")
    path = _find(os.fspath(id_or_name))
    extension = os.path.splitext(path)[1].lower()
    if extension in READERS:
        return READERS[extension](path)
    with open(path, "rb") as file:
        data = file.read()
    return _text(data) if extension in TEXT or os.path.basename(path).lower() in TEXT else data


def _find(wanted: str) -> str:
    inputs = _inputs()
    for entry in inputs:
        if wanted in (entry["file_id"], entry["path"]):
            return os.path.join(WORK, entry["path"])
    for candidate in (os.path.join(WORK, wanted), wanted):
        if wanted and os.path.isfile(candidate):
            return candidate
    named = [entry for entry in inputs if os.path.basename(entry["path"]) == wanted]
    if named:
        return os.path.join(WORK, named[0]["path"])
    raise FileNotFoundError(_explain(wanted, inputs))


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


def _text(data: bytes) -> str | bytes:
    """As a string when it is text after all."""
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data
