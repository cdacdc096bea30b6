import datetime
import gzip
import os
import pickle
import tempfile
import unittest
import warnings
from pathlib import Path
from unittest import mock

import numpy
import pandas
import tables
from PIL import Image

from code_interpreter import sources
from code_interpreter.loading import load_file
from tests.unit.load_case import archive
from tests.unit.test_load_workbooks import open_document, workbook


class Evil:
    """Whoever unpickles it runs a program."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self._mark),)


class LoadFileRunsNothingTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.mark = self.folder / "ran"
        self.evil = Evil(self.mark)

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def test_arrays(self) -> None:
        numpy.save(self.path("a.npy"), numpy.array([self.evil], dtype=object), allow_pickle=True)
        numpy.savez(self.path("a.npz"), x=numpy.array([self.evil], dtype=object))
        for name in ("a.npy", "a.npz"):
            with self.subTest(name), self.assertRaises(ValueError):
                load_file(self.path(name))
        self.assertFalse(self.mark.exists())

    def test_an_hdf5_column_of_objects(self) -> None:
        with warnings.catch_warnings(action="ignore"):
            pandas.DataFrame({"x": ["a", 1, self.evil]}).to_hdf(self.path("a.h5"), key="k", format="fixed")
        with self.assertRaisesRegex(ValueError, "a.h5 has pickled objects in it .*mkdir.*pandas.read_hdf"):
            load_file(self.path("a.h5"))
        self.assertFalse(self.mark.exists())

    def test_attributes_of_hdf5(self) -> None:
        with pandas.HDFStore(self.path("a.h5"), "w") as store:
            store.put("k", pandas.DataFrame({"x": [1, 2]}), format="table")
        with tables.open_file(self.path("a.h5"), "a") as file:
            file.root.k._v_attrs.pandas_version = self.evil
            file.root.k._v_attrs.evil = self.evil
            file.root._v_attrs.evil = self.evil
        try:
            load_file(self.path("a.h5"))
        except Exception as error:
            self.assertNotIsInstance(error, FileExistsError)
        self.assertFalse(self.mark.exists())

    def write(self, name: str, data: bytes) -> str:
        Path(self.path(name)).write_bytes(data)
        return self.path(name)

    def test_packed_pickles_are_bytes(self) -> None:
        for name in ("a.pkl.gz", "a.joblib.xz", "a.pickle.zip"):
            self.assertIsInstance(load_file(self.write(name, gzip.compress(pickle.dumps(self.evil)))), bytes)
        self.assertFalse(self.mark.exists())

    def test_packed_arrays(self) -> None:
        numpy.save(self.path("a.npy"), numpy.array([self.evil], dtype=object), allow_pickle=True)
        with self.assertRaises(ValueError):
            load_file(self.write("a.npy.gz", gzip.compress(Path(self.path("a.npy")).read_bytes())))
        with self.assertRaisesRegex(TypeError, "allow_pickle"):
            load_file(self.path("a.npy"), allow_pickle=True)
        self.assertFalse(self.mark.exists())

    def test_a_pickled_type_in_a_parquet_file(self) -> None:
        import pyarrow
        import pyarrow.parquet
        field = pyarrow.field("x", pyarrow.int64(), metadata={
            "ARROW:extension:name": "arrow.py_extension_type", "ARROW:extension:metadata": pickle.dumps(self.evil)})
        pyarrow.parquet.write_table(pyarrow.table([pyarrow.array([1])], schema=pyarrow.schema([field])), self.path("a.parquet"))
        with warnings.catch_warnings(action="ignore"):
            self.assertEqual(load_file(self.path("a.parquet")).shape, (1, 1))
        self.assertFalse(self.mark.exists())

    def test_formulas_stay_text(self) -> None:
        formula = "=cmd|' /C calc'!A0"
        self.assertEqual(load_file(self.write("a.csv", f"x;y\n{formula};1\n".encode())).x[0], formula)
        self.assertEqual(load_file(self.write("a.xlsx", workbook({"s": pandas.DataFrame({"x": ["'" + formula]})}))).x[0], "'" + formula)

    def test_entities_read_no_file(self) -> None:
        secret = self.write("secret.txt", b"TOP-SECRET")
        entity = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "file://{secret}">]>'
        document = open_document({"s": [["n"], ["LEAK"]]})
        with_entity = {
            "a.ods": _changed(document, "content.xml", lambda text: entity + text.replace("LEAK", "&leak;")),
            "a.xlsx": _changed(workbook({"s": pandas.DataFrame({"n": ["LEAK"]})}, "openpyxl"), "xl/worksheets/sheet1.xml",
                               lambda text: entity + text.replace("LEAK", "&leak;")),
            "a.xls": (entity + "<html><table><tr><th>n</th></tr><tr><td>&leak;</td></tr></table></html>").encode(),
            "a.svg": (entity + "<svg>&leak;</svg>").encode(),
        }
        for name, data in with_entity.items():
            with self.subTest(name):
                try:
                    loaded = load_file(self.write(name, data))
                except Exception as error:
                    loaded = error
                self.assertNotIn("TOP-SECRET", loaded.to_string() if isinstance(loaded, pandas.DataFrame) else str(loaded))

    def test_entities_of_entities_do_not_grow(self) -> None:
        laughs = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{10 * f'&a{n - 1};'}'>" for n in range(1, 10)) + "]>"
        data = _changed(workbook({"s": pandas.DataFrame({"n": ["LEAK"]})}, "openpyxl"), "xl/worksheets/sheet1.xml",
                        lambda text: laughs + text.replace("LEAK", "&a9;"))
        try:
            loaded = load_file(self.write("a.xlsx", data)).to_string()
        except Exception as error:
            loaded = str(error)
        self.assertLess(len(loaded), 10_000)

    def test_a_page_loads_nothing(self) -> None:
        page = ("<html><script src='http://127.0.0.1:9/x.js'></script>"
                "<table><tr><th>n</th></tr><tr><td><img src='file:///etc/passwd'>1</td></tr></table></html>")
        with mock.patch("socket.socket.connect", side_effect=AssertionError("a connection")):
            self.assertEqual(load_file(self.write("a.xls", page.encode())).n.tolist(), [1])

    def test_names_in_an_archive_lead_nowhere(self) -> None:
        self.assertEqual(load_file(self.write("a.csv.zip", archive(**{"../../escaped.csv": b"x\n1\n"}))).x.tolist(), [1])
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.csv.zip"])

    def test_what_grows_when_unpacked_is_refused(self) -> None:
        zeros = 8_000_000 * b"0"
        numpy.savez_compressed(self.path("a.npz"), x=numpy.zeros(1_000_000))
        for name, data in (("a.csv.gz", gzip.compress(zeros)), ("a.txt.gz", gzip.compress(zeros)),
                           ("a.json.zip", archive(**{"a.json": zeros}))):
            self.write(name, data)
        with mock.patch.object(sources, "memory", lambda: 4_000_000):
            for name in ("a.csv.gz", "a.txt.gz", "a.json.zip", "a.npz"):
                with self.subTest(name), self.assertRaisesRegex(ValueError, f"{name} unpacks to"):
                    load_file(self.path(name))

    def test_what_a_file_says_of_its_encoding_is_an_encoding_of_text(self) -> None:
        for label in ("unicode_escape", "zlib_codec", "quopri_codec", "os", "code_interpreter"):
            page = f'<?xml version="1.0" encoding="{label}"?><a>Größe</a>'
            self.assertEqual(load_file(self.write("a.xml", page.encode("cp1252"))), page)

    def test_pickles_are_bytes(self) -> None:
        Path(self.path("a.pkl")).write_bytes(pickle.dumps(self.evil))
        self.assertIsInstance(load_file(self.path("a.pkl")), bytes)
        self.assertFalse(self.mark.exists())

    def test_yaml(self) -> None:
        Path(self.path("a.yaml")).write_text(f"!!python/object/apply:os.mkdir [{str(self.mark)!r}]")
        with self.assertRaises(Exception):
            load_file(self.path("a.yaml"))
        self.assertFalse(self.mark.exists())

    def test_an_image_that_is_a_program(self) -> None:
        Path(self.path("a.png")).write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n")
        with self.assertRaisesRegex(Exception, "cannot identify image file"):
            load_file(self.path("a.png"))

    def test_images_by_what_is_in_them(self) -> None:
        for number, kind in enumerate(("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "ICO", "PPM")):
            name = self.path(f"{number}.png")
            Image.new("RGB", (16, 16), "red").save(name, format=kind)
            with self.subTest(kind):
                self.assertEqual(load_file(name).size, (16, 16))

    def test_tables_of_every_kind_come_whole(self) -> None:
        days = pandas.date_range("2026-01-01", periods=3, freq="D", tz="Europe/Berlin")
        frames = {
            "numbers": pandas.DataFrame({"x": [1, 2], "y": [0.5, 1.5]}),
            "texts": pandas.DataFrame({"name": ["a", None, "ü"], "x": [1, 2, 3]}, index=["p", "q", "r"]),
            "times": pandas.DataFrame({"x": [1, 2, 3]}, index=days),
            "month_ends": pandas.DataFrame({"x": [1, 2]}, index=pandas.date_range("2026-01-31", periods=2, freq="ME")),
            "periods": pandas.DataFrame({"x": [1, 2]}, index=pandas.period_range("2026-01", periods=2, freq="M")),
            "spans": pandas.DataFrame({"x": pandas.to_timedelta([1, 2], unit="h")}),
            "two_levels": pandas.DataFrame({"x": [1, 2]}, index=pandas.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", "n"])),
        }
        objects = {"dates": pandas.DataFrame({"d": [datetime.date(2026, 1, 1), None, 3.5]}),
                   "stamps": pandas.DataFrame({"d": [pandas.Timestamp("2026-01-01"), "x", pandas.Timedelta("1h"), pandas.NaT]})}
        tabular = {"texts": frames["texts"].dropna(), "times": frames["times"], "numbers": frames["numbers"]}
        for form, several in (("fixed", {**frames, **objects}), ("table", tabular)):
            for name, frame in several.items():
                with self.subTest(form, name=name):
                    with warnings.catch_warnings(action="ignore"):
                        frame.to_hdf(self.path(f"{form}-{name}.h5"), key="k", format=form)
                    pandas.testing.assert_frame_equal(
                        load_file(self.path(f"{form}-{name}.h5")), pandas.read_hdf(self.path(f"{form}-{name}.h5")))


def _changed(packed: bytes, member: str, change) -> bytes:
    """An archive with another text in one of its members, behind the XML declaration."""
    import io
    import zipfile
    with zipfile.ZipFile(io.BytesIO(packed)) as before:
        members = {name: before.read(name) for name in before.namelist()}
    text = members[member].decode()
    declaration, body = text.split("?>", 1) if text.startswith("<?xml") else ("<?xml version='1.0'", text)
    members[member] = f"{declaration}?>{change(body)}".encode()
    return archive(**members)
