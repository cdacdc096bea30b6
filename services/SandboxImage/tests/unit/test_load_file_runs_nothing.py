import datetime
import os
import pickle
import tempfile
import unittest
import warnings
from pathlib import Path

import numpy
import pandas
import tables
from PIL import Image

from code_interpreter.loading import load_file


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
