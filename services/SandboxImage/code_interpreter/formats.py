"""Which extension is read how: as data, whatever a file says. Libraries are imported by the reader that needs them."""

from collections.abc import Callable, Iterable
from typing import Any

from code_interpreter import options
from code_interpreter.decoding import decode
from code_interpreter.sources import Source, check_unpacked

Options = dict[str, Any]


def _csv(source: Source, given: Options) -> Any:
    from code_interpreter import delimited
    return delimited.read(source, given)


def _delimited_by(delimiter: str) -> Callable[[Source, Options], Any]:
    def read(source: Source, given: Options) -> Any:
        from code_interpreter import delimited
        return delimited.read(source, given, delimiter)
    return read


def _excel(source: Source, given: Options) -> Any:
    from code_interpreter import workbooks
    return workbooks.read(source, given)


def _pandas(name: str) -> Callable[[Source, Options], Any]:
    def read(source: Source, given: Options) -> Any:
        import pandas
        function = getattr(pandas, name)
        options.check(source.name, given, options.of(function))
        if name == "read_sas" and "format" not in given:
            given["format"] = "xport" if source.extension == ".xpt" else "sas7bdat"
        return function(source.whole(), **given)
    return read


def _hdf(source: Source, given: Options) -> Any:
    """The table of the file; of several, a dictionary of tables."""
    import pandas
    from pickle import UnpicklingError
    from code_interpreter.pickles import data_only
    options.check(source.name, given, ("key",))
    if source.packing:
        raise ValueError(f"{source.name} is packed, and HDF5 files are read from the disk: unpack it first")
    try:
        with data_only(), pandas.HDFStore(source.path, mode="r") as store:
            if "key" in given:
                return store[given["key"]]
            tables = {key.lstrip("/"): store[key] for key in store.keys()}
    except UnpicklingError as error:
        raise ValueError(
            f"{source.path} has pickled objects in it ({error}). To load them would run code that is in the file; where you trust it, "
            "use pandas.read_hdf.") from None
    if not tables:
        raise ValueError(f"{source.path} contains no pandas table; open it with h5py")
    return tables if len(tables) > 1 else next(iter(tables.values()))


def _text_of(source: Source, given: Options) -> str:
    options.check(source.name, given, ("encoding",))
    return decode(source, given.get("encoding"))


def _json(source: Source, given: Options) -> Any:
    import json
    return json.loads(_text_of(source, given))


def _json_lines(source: Source, given: Options) -> Any:
    import io
    import json
    return [json.loads(line) for line in io.StringIO(_text_of(source, given), newline=None) if line.strip()]


def _yaml(source: Source, given: Options) -> Any:
    """One document as itself, several as a list."""
    import yaml
    documents = list(yaml.safe_load_all(_text_of(source, given)))
    return documents[0] if len(documents) == 1 else documents or None


def _toml(source: Source, given: Options) -> Any:
    import tomllib
    return tomllib.loads(_text_of(source, given))


def _numpy(source: Source, given: Options) -> Any:
    """An array; of an archive, a dictionary of arrays."""
    import numpy
    options.check(source.name, given, ())
    loaded = numpy.load(source.whole(), allow_pickle=False)
    if not isinstance(loaded, numpy.lib.npyio.NpzFile):
        return loaded
    with loaded:
        check_unpacked(source, loaded.zip)
        return dict(loaded)


# Pillow looks into a file, not at its name, and would start a program for some of the formats it knows.
_IMAGES = ("PNG", "JPEG", "GIF", "BMP", "DIB", "WEBP", "TIFF", "ICO", "PPM")


def _image(source: Source, given: Options) -> Any:
    from PIL import Image
    options.check(source.name, given, ())
    image = Image.open(source.whole(), formats=_IMAGES)
    image.load()
    return image


def text(source: Source, given: Options) -> str | bytes:
    """As a string when it is text after all."""
    try:
        return _text_of(source, given)
    except UnicodeDecodeError:
        if "encoding" in given:
            raise
        source.tell("not text in a known encoding, so bytes")
        return source.read()


def _each(reader: Callable[[Source, Options], Any], extensions: Iterable[str]) -> dict[str, Callable[[Source, Options], Any]]:
    return dict.fromkeys(extensions, reader)


READERS: dict[str, Callable[[Source, Options], Any]] = {
    ".csv": _csv, ".tsv": _delimited_by("\t"), ".tab": _delimited_by("\t"), ".psv": _delimited_by("|"),
    **_each(_excel, (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".ots")),
    **_each(_pandas("read_parquet"), (".parquet", ".pq")), **_each(_pandas("read_feather"), (".feather", ".arrow")),
    **_each(_hdf, (".h5", ".hdf5", ".hdf")),
    ".dta": _pandas("read_stata"), **_each(_pandas("read_sas"), (".sas7bdat", ".xpt")),
    **_each(_json, (".json", ".geojson", ".ipynb")), **_each(_json_lines, (".jsonl", ".ndjson")),
    **_each(_yaml, (".yaml", ".yml")), ".toml": _toml,
    **_each(_numpy, (".npy", ".npz")),
    **_each(_image, (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ico", ".ppm", ".pgm", ".pbm")),
}

# Extensions, and whole names in lower case, of files that are text.
TEXT: frozenset[str] = frozenset(
    """
    .txt .text .md .markdown .rst .tex .bib .log .srt .vtt .adoc .org .rtf
    .xml .svg .html .htm .xhtml .css .scss .sass .less .kml .gpx .rss .xsd .xsl
    .ini .cfg .conf .config .properties .env .editorconfig .gitignore .lock .plist
    .py .pyi .pyw .js .mjs .cjs .ts .tsx .jsx .vue .svelte .java .kt .kts .scala .groovy .gradle
    .c .h .cc .cpp .cxx .hpp .cs .fs .vb .go .rs .rb .php .pl .pm .lua .r .rmd .jl .m .swift .dart .ex .exs .erl .hs .ml .clj .lisp
    .el .nim .zig
    .sh .bash .zsh .fish .ps1 .bat .cmd .sql .graphql .proto .tf .hcl .cmake .mk .asm .s .diff .patch .tcl .awk .sed
    .ics .vcf .eml .po .pot .dot .gv .puml .mmd .csl .ass .sub .lrc .fasta .fa .fastq .pdb .cif
    dockerfile makefile readme license copying authors changelog notice
    """.split())
