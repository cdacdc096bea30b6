import datetime
import io
import math
from unittest import mock

import pandas

from code_interpreter import sources
from tests.unit.encoded_samples import SHORT
from tests.unit.load_case import LoadCase


class LoadTableTest(LoadCase):
    def test_what_excel_writes_in_europe(self) -> None:
        frame, told = self.load("umsatz.csv", "Straße;Betrag\r\nHauptstraße 5;1.012,50\r\nÖlmühlgasse 2;7,00\r\n".encode("cp1252"))
        self.assertEqual(frame.to_dict("list"), {"Straße": ["Hauptstraße 5", "Ölmühlgasse 2"], "Betrag": [1012.5, 7.0]})
        self.assertEqual(frame.attrs["load_file"], {"encoding": "cp1252", "sep": ";", "decimal": ",", "thousands": "."})
        self.assertEqual(told, "load_file: umsatz.csv: read as Windows-1252 (Western Europe); delimiter ';'; decimal comma. "
                         "If that is wrong, "
                               "pass encoding=, sep=, decimal=\n")

    def test_a_plain_table_is_read_without_a_word(self) -> None:
        for data in (b"a,b\n1,2.5\n", b"\xef\xbb\xbfa,b\n1,2.5\n", b'"a","b"\r\n1,2.5\r\n', b'\xef\xbb\xbf"a",b\n1,2.5\n'):
            frame, told = self.load("a.csv", data)
            self.assertEqual((frame.to_dict("records"), told, frame.attrs), ([{"a": 1, "b": 2.5}], "", {}))

    def test_every_sample_with_delimiters_has_its_columns(self) -> None:
        for language, (encodings, texts) in SHORT.items():
            for encoding in encodings:
                for text in texts:
                    columns = text.splitlines()[0].replace(",", ";").split(";")
                    if len(columns) == 1:
                        continue
                    try:
                        data = text.encode(encoding)
                    except UnicodeEncodeError:
                        continue
                    with self.subTest(language, encoding=encoding, text=text):
                        self.assertEqual(list(self.load(f"{encoding}.csv", data)[0]), columns)

    def test_delimiters(self) -> None:
        for delimiter in (",", ";", "\t", "|"):
            rows = [["id", "text", "n"], ["1", "a", "5"], ["2", "b", "6"]]
            data = "\n".join(delimiter.join(row) for row in rows).encode()
            with self.subTest(delimiter):
                self.assertEqual(self.records("a.csv", data), [{"id": 1, "text": "a", "n": 5}, {"id": 2, "text": "b", "n": 6}])

    def test_delimiters_inside_of_texts_do_not_mislead(self) -> None:
        cases = {
            b'id,note\n1,"a;b"\n2,"c;d"\n': {"id": [1, 2], "note": ["a;b", "c;d"]},
            b"id,note\n1,a;b\n2,c;d\n": {"id": [1, 2], "note": ["a;b", "c;d"]},
            b"id;note\n1;a, b\n2;c, d\n": {"id": [1, 2], "note": ["a, b", "c, d"]},
            b'id;note\n1;"two\nlines; more"\n2;x\n': {"id": [1, 2], "note": ["two\nlines; more", "x"]},
            b"note\nhello, world\nfoo\nbar\n": None,
            b"x\n1\n2\n": {"x": [1, 2]},
        }
        for data, expected in cases.items():
            with self.subTest(data):
                if expected is None:
                    self.assertEqual(self.load("a.csv", data)[0].shape[0], 3)
                else:
                    self.assertEqual(self.load("a.csv", data)[0].to_dict("list"), expected)

    def test_the_first_line_that_excel_writes(self) -> None:
        for first in ("sep=;", "SEP=;", '"sep=;"'):
            for encoding in ("utf-8", "utf-8-sig", "utf-16"):
                with self.subTest(first, encoding=encoding):
                    self.assertEqual(self.records("a.csv", f"{first}\r\nx;y\r\n1;2\r\n".encode(encoding)), [{"x": 1, "y": 2}])
        self.assertEqual(self.records("a.csv", b"sep=|\nx|y\n1|2\n"), [{"x": 1, "y": 2}])
        self.assertEqual(self.records("a.csv", b"sep=,\na;b,c\n1;2,3\n4;5,6\n"), [{"a;b": "1;2", "c": 3}, {"a;b": "4;5", "c": 6}])

    def test_a_title_above_the_header_is_left_out_and_told(self) -> None:
        titles = ("Umsatzbericht 2024\n", "Umsatzbericht 2024\n\n", "Umsatzbericht 2024;;\n;;\n",
                  "Umsatzbericht 2024\nFiliale Nord; Mai\n\n")
        for title in titles:
            data = (title + "Stadt;Menge;Preis\nKöln;3;1,5\nBonn;4;2,5\n").encode()
            with self.subTest(title):
                frame, told = self.load(f"{len(data)}.csv", data)
                self.assertEqual(frame.to_dict("list"), {"Stadt": ["Köln", "Bonn"], "Menge": [3, 4], "Preis": [1.5, 2.5]})
                self.assertIn("above the header left out, 'Umsatzbericht 2024", told)
                self.assertEqual(frame.attrs["load_file"]["skiprows"], title.count("\n"))
        frame, _ = self.load("a.csv", b"Report 2024\na,b\n1,2\n3,4\n")
        self.assertEqual(frame.to_dict("list"), {"a": [1, 3], "b": [2, 4]})

    def test_what_looks_like_a_title_and_is_none(self) -> None:
        cases = {
            b",x\n0,5\n1,6\n": ["Unnamed: 0", "x"],
            b"x\na,5\nb,6\n": ["x"],
            b"x,y\na,5,1\nb,6,2\n": ["x", "y"],
            b"name,,\na,1,2\nb,3,4\n": ["name", "Unnamed: 1", "Unnamed: 2"],
            b"n,m\n,1\n2,\n": ["n", "m"],
        }
        for data, columns in cases.items():
            with self.subTest(data):
                self.assertEqual(list(self.load("a.csv", data)[0]), columns)

    def test_delimiters_at_the_ends_of_lines_shift_no_column(self) -> None:
        for data in (b"a;b\n1;2;\n3;4;\n", b"a,b\n1,2,\n3,4,\n"):
            self.assertEqual(self.records("a.csv", data), [{"a": 1, "b": 2}, {"a": 3, "b": 4}])
        self.assertEqual(self.load("a.csv", b"x,y\nrow1,1,2\nrow2,3,4\n")[0].index.tolist(), ["row1", "row2"])

    def test_numbers_of_other_countries(self) -> None:
        cases = {"1.234,50": 1234.5, "-7,25": -7.25, "12,50-": -12.5, "1.234.567": 1234567.0, "1 234,50": 1234.5, "1\u202f234,5": 1234.5,
                 "3": 3.0}
        for text, number in cases.items():
            frame, _ = self.load("a.csv", f"day;n\n31.12.2024;{text}\n01.01.2025;0,5\n".encode())
            with self.subTest(text):
                self.assertEqual((frame.n.tolist(), frame.day[0]), ([number, 0.5], "31.12.2024"))

    def test_decimal_commas_in_quotes_between_commas(self) -> None:
        self.assertEqual(self.records("a.csv", b'name,n\nx,"12,50"\ny,"3,00"\n'), [{"name": "x", "n": 12.5}, {"name": "y", "n": 3.0}])
        self.assertEqual(self.load("a.csv", b'name,n\nx,"1,2,3"\ny,"3,4"\n')[0].n.tolist(), ["1,2,3", "3,4"])

    def test_columns_of_both_kinds_are_read_each_in_its_way(self) -> None:
        frame, _ = self.load("a.csv", b"version;price\n1.5;2,50\n1.7;3,25\n")
        self.assertEqual(frame.to_dict("list"), {"version": [1.5, 1.7], "price": [2.5, 3.25]})

    def test_addresses_codes_and_missing_values_stay(self) -> None:
        frame, _ = self.load("a.csv", b"ip;code;n\n10.0.0.1;a;1,5\n192.168.100.2;b;\n")
        self.assertEqual((frame.ip.tolist(), frame.n[0], math.isnan(frame.n[1])), (["10.0.0.1", "192.168.100.2"], 1.5, True))

    def test_a_number_with_two_meanings_is_told(self) -> None:
        frame, told = self.load("a.csv", b"x;n\na;1.234\nb;5.678\n")
        self.assertEqual(frame.n.tolist(), [1.234, 5.678])
        self.assertIn("1.234 taken for a number with a decimal point", told)
        frame, told = self.load("b.csv", b"x;n\na;1,234\nb;5,678\n")
        self.assertEqual(frame.n.tolist(), [1.234, 5.678])
        self.assertIn("1,234 taken for a number with a decimal comma", told)

    def test_the_encoding_shows_late(self) -> None:
        start = "name;n\n" + 9000 * "plain text;1\n"
        self.assertGreater(len(start), 65536)
        frame, told = self.load("a.csv", (start + "Müller;2\n").encode("cp1252"))
        self.assertEqual((frame.name.iloc[-1], len(frame)), ("Müller", 9001))
        self.assertIn("Windows-1252", told)
        frame, told = self.load("b.csv", (start + 50 * "Жуков;2\n").encode() + "Köln;3\n".encode("cp1252"))
        self.assertEqual((frame.name.iloc[-2], frame.name.iloc[-1]), ("Жуков", "K\ufffdln"))
        self.assertIn("\ufffd", told)

    def test_options_go_to_the_reader_and_win(self) -> None:
        data = "Ort;n\nKöln;1,5\nBonn;2,5\nTrier;3\n".encode("cp1252")
        self.assertEqual(len(self.load("a.csv", data, nrows=1)[0]), 1)
        self.assertEqual(list(self.load("a.csv", data, sep=",")[0]), ["Ort;n"])
        self.assertEqual(list(self.load("a.csv", data, encoding="cp1250", usecols=["Ort"])[0]), ["Ort"])
        self.assertEqual(self.load("a.csv", data, decimal=".")[0].n.tolist(), ["1,5", "2,5", "3"])
        self.assertEqual(list(self.load("a.csv", data, header=None)[0]), [0, 1])
        self.assertEqual(list(self.load("a.csv", data, dtype=str)[0].n), ["1,5", "2,5", "3"])
        self.assertEqual(list(self.load("a.csv", b"a  b\n1  2\n", sep=r"\s+")[0]), ["a", "b"])
        pieces, told = self.load("pieces.csv", data, chunksize=2)
        with pieces:
            self.assertEqual([len(piece) for piece in pieces], [2, 1])
        self.assertIn("delimiter ';'", told)
        with self.assertRaises(UnicodeDecodeError):
            self.load("a.csv", data, encoding="utf-8")
        self.assertEqual(self.load("a.tsv", b"a\tb\n1\t2\n", index_col="a")[0].index.tolist(), [1])

    def test_tabs_and_bars_by_the_name(self) -> None:
        for name, data in (("a.tsv", "x\tü\n1\t2\n"), ("a.tab", "x\tü\n1\t2\n"), ("a.psv", "x|ü\n1|2\n")):
            for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
                with self.subTest(name, encoding=encoding):
                    self.assertEqual(self.records(name, data.encode(encoding)), [{"x": 1, "ü": 2}])

    def test_an_empty_table_fails_as_in_pandas(self) -> None:
        with self.assertRaises(pandas.errors.EmptyDataError):
            self.load("a.csv", b"")

    def test_the_same_is_told_once(self) -> None:
        data = b"a;b\n1;2\n"
        self.assertTrue(self.load("a.csv", data)[1])
        self.assertEqual(self.load("a.csv", data)[1], "")

    def test_a_table_goes_on_to_other_formats(self) -> None:
        frame, _ = self.load("a.csv", "Straße;n\nx;1,5\n".encode("cp1252"))
        frame.to_parquet(self.work / "a.parquet")
        loaded, told = self.load("b.parquet", (self.work / "a.parquet").read_bytes())
        self.assertEqual((loaded.to_dict("records"), told), ([{"Straße": "x", "n": 1.5}], ""))

    def test_a_cell_as_large_as_the_sample(self) -> None:
        frame, _ = self.load("a.csv", b"a,b\n" + 300_000 * b"x" + b",2\n3,4\n")
        self.assertEqual((len(frame.a[0]), frame.b.tolist()), (300_000, [2, 4]))

    def test_dates_and_times_are_left_to_pandas(self) -> None:
        frame, _ = self.load("a.csv", b"t;n\n2024-01-31;1,5\n", parse_dates=["t"])
        self.assertEqual(frame.t[0].date(), datetime.date(2024, 1, 31))

    def test_a_small_limit_bounds_tables_that_are_unpacked(self) -> None:
        import gzip
        with mock.patch.object(sources, "memory", lambda: 1 << 21):
            packed = gzip.compress(b"a\n" + 3_000_000 * b"0\n")
            with self.assertRaisesRegex(ValueError, "a.csv.gz unpacks to at least 1 MiB.*chunksize"):
                self.load("a.csv.gz", packed)
            self.assertEqual(len(self.load("a.csv.gz", packed, nrows=5)[0]), 5)
            with self.load("a.csv.gz", packed, chunksize=1_000_000)[0] as pieces:
                self.assertEqual(sum(map(len, pieces)), 3_000_000)


def packed_as(extension: str, name: str, data: bytes) -> bytes:
    import bz2
    import gzip
    import lzma
    from compression import zstd
    from tests.unit.load_case import archive
    return {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress,
            ".zip": lambda content: archive(**{name: content})}[extension](data)


class PackedTest(LoadCase):
    def test_every_packing_of_tables_json_and_text(self) -> None:
        contents = {
            "a.csv": ("Straße;n\nx;1,5\n".encode("cp1252"), [{"Straße": "x", "n": 1.5}]),
            "a.tsv": ("x\tü\n1\t2\n".encode("utf-16"), [{"x": 1, "ü": 2}]),
            "a.json": ('{"ü": [1]}'.encode("cp1252"), {"ü": [1]}),
            "a.jsonl": (b"1\n2\n", [1, 2]),
            "a.txt": ("Über".encode(), "Über"),
        }
        for extension in sources.PACKED:
            for name, (data, expected) in contents.items():
                with self.subTest(name + extension):
                    loaded, _ = self.load(name + extension, packed_as(extension, name, data))
                    self.assertEqual(loaded.to_dict("records") if isinstance(loaded, pandas.DataFrame) else loaded, expected)

    def test_binary_tables_and_pictures(self) -> None:
        from PIL import Image
        frame, picture = pandas.DataFrame({"x": [1, 2]}), io.BytesIO()
        Image.new("RGB", (3, 2)).save(picture, "PNG")
        for name, data in (("a.parquet", frame.to_parquet()), ("a.xlsx", _workbook(frame))):
            self.assertTrue(self.load(name + ".gz", packed_as(".gz", name, data))[0].equals(frame))
        self.assertEqual(self.load("a.png.xz", packed_as(".xz", "a.png", picture.getvalue()))[0].size, (3, 2))

    def test_archives_stay_bytes(self) -> None:
        for name in ("project.zip", "project.tar.gz", "data.gz", "model.bin.xz"):
            self.assertEqual(self.load(name, b"PK\x03\x04 and more")[0], b"PK\x03\x04 and more")

    def test_an_archive_of_several_does_not_say_which(self) -> None:
        from tests.unit.load_case import archive
        with self.assertRaisesRegex(ValueError, "a.csv.zip has 2 members"):
            self.load("a.csv.zip", archive(**{"a.csv": b"x\n1\n", "b.csv": b"x\n2\n"}))

    def test_what_a_mac_adds_to_an_archive_does_not_count(self) -> None:
        from tests.unit.load_case import archive
        self.assertEqual(self.records("a.csv.zip", archive(**{"a.csv": b"x\n1\n", "__MACOSX/._a.csv": b"\0\5\x16"})), [{"x": 1}])

    def test_what_is_broken_fails(self) -> None:
        for extension in sources.PACKED:
            with self.subTest(extension), self.assertRaises(Exception):
                self.load("a.csv" + extension, packed_as(extension, "a.csv", 100 * b"x,y\n1,2\n")[:20])


def _workbook(frame: pandas.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.to_excel(target, index=False)
    return target.getvalue()
