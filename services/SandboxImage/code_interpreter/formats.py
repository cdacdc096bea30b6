"""Which extension is read how: as data, whatever a file says. Libraries are imported by the reader that needs them."""

from collections.abc import Callable
from typing import Any


def _csv(path: str) -> Any:
    import pandas
    return pandas.read_csv(path)


def _tsv(path: str) -> Any:
    import pandas
    return pandas.read_csv(path, sep="\t")


def _excel(path: str) -> Any:
    import pandas
    return pandas.read_excel(path)


def _parquet(path: str) -> Any:
    import pandas
    return pandas.read_parquet(path)


def _feather(path: str) -> Any:
    import pandas
    return pandas.read_feather(path)


def _hdf(path: str) -> Any:
    """The table of the file; of several, a dictionary of tables."""
    import pandas
    from pickle import UnpicklingError
    from code_interpreter.pickles import data_only
    try:
        with data_only(), pandas.HDFStore(path, mode="r") as store:
            tables = {key.lstrip("/"): store[key] for key in store.keys()}
    except UnpicklingError as error:
        raise ValueError(
            f"{path} has pickled objects in it ({error}). To load them would run code that is in the file; where you trust it, "
            "use pandas.read_hdf.") from None
    if not tables:
        raise ValueError(f"{path} holds no pandas table; open it with h5py")
    return tables if len(tables) > 1 else next(iter(tables.values()))


def _stata(path: str) -> Any:
    import pandas
    return pandas.read_stata(path)


def _sas(path: str) -> Any:
    import pandas
    return pandas.read_sas(path)


def _json(path: str) -> Any:
    import json
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def _json_lines(path: str) -> Any:
    import json
    with open(path, encoding="utf-8-sig") as file:
        return [json.loads(line) for line in file if line.strip()]


def _yaml(path: str) -> Any:
    """One document as itself, several as a list."""
    import yaml
    with open(path, encoding="utf-8-sig") as file:
        documents = list(yaml.safe_load_all(file))
    return documents[0] if len(documents) == 1 else documents or None


def _toml(path: str) -> Any:
    import tomllib
    with open(path, "rb") as file:
        return tomllib.load(file)


def _numpy(path: str) -> Any:
    """An array; of an archive, a dictionary of arrays."""
    import numpy
    loaded = numpy.load(path, allow_pickle=False)
    if not isinstance(loaded, numpy.lib.npyio.NpzFile):
        return loaded
    with loaded:
        return dict(loaded)


# Pillow looks into a file, not at its name, and would start a program for some of the formats it knows.
_IMAGES = ("PNG", "JPEG", "GIF", "BMP", "DIB", "WEBP", "TIFF", "ICO", "PPM")


def _image(path: str) -> Any:
    from PIL import Image
    image = Image.open(path, formats=_IMAGES)
    image.load()
    return image


READERS: dict[str, Callable[[str], Any]] = {
    ".csv": _csv, ".tsv": _tsv, ".tab": _tsv,
    ".xlsx": _excel, ".xlsm": _excel,
    ".parquet": _parquet, ".pq": _parquet, ".feather": _feather, ".arrow": _feather,
    ".h5": _hdf, ".hdf5": _hdf, ".hdf": _hdf,
    ".dta": _stata, ".sas7bdat": _sas, ".xpt": _sas,
    ".json": _json, ".geojson": _json, ".ipynb": _json, ".jsonl": _json_lines, ".ndjson": _json_lines,
    ".yaml": _yaml, ".yml": _yaml, ".toml": _toml,
    ".npy": _numpy, ".npz": _numpy,
    ".png": _image, ".jpg": _image, ".jpeg": _image, ".gif": _image, ".bmp": _image, ".webp": _image,
    ".tif": _image, ".tiff": _image, ".ico": _image, ".ppm": _image, ".pgm": _image, ".pbm": _image,
}

# Extensions, and whole names in lower case, of files that are text.
TEXT: frozenset[str] = frozenset(
    """
    .txt .text .md .markdown .rst .tex .bib .log .srt .vtt .adoc .org .rtf
    .xml .svg .html .htm .xhtml .css .scss .sass .less .kml .gpx .rss .xsd .xsl
    .ini .cfg .conf .config .properties .env .editorconfig .gitignore .lock .plist
    .py .pyi .pyw .js .mjs .cjs .ts .tsx .jsx .vue .svelte .java .kt .kts .scala .groovy .gradle
    .c .h .cc .cpp .cxx .hpp .cs .fs .vb .go .rs .rb .php .pl .pm .lua .r .rmd .jl .m .swift .dart .ex .exs .erl .hs .ml .clj .lisp .el .nim .zig
    .sh .bash .zsh .fish .ps1 .bat .cmd .sql .graphql .proto .tf .hcl .cmake .mk .asm .s .diff .patch .tcl .awk .sed
    .ics .vcf .eml .po .pot .dot .gv .puml .mmd .csl .ass .sub .lrc .fasta .fa .fastq .pdb .cif
    dockerfile makefile readme license copying authors changelog notice
    """.split())
