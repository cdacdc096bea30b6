import importlib.util
import io
import struct
import sys
from unittest import mock

import pandas

from code_interpreter import sources
from tests.unit.load_case import LoadCase, archive

YEAR = {"Jan": pandas.DataFrame({"item": ["tea"], "sold": [4]}), "Feb": pandas.DataFrame({"item": ["tea"], "sold": [9]})}


def workbook(tables: dict[str, pandas.DataFrame], engine: str | None = None, **how: object) -> bytes:
    target = io.BytesIO()
    with pandas.ExcelWriter(target, engine=engine or "openpyxl") as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False, **how)
    return target.getvalue()


def old_workbook(rows: list[list[object]]) -> bytes:
    """One sheet as Excel 2.1 wrote it: records of a number, a length and data."""
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    written = record(0x0009, struct.pack("<HH", 7, 16)) + record(0x0042, struct.pack("<H", 1252))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HH3x", number, column)
            if isinstance(value, str):
                written += record(0x0004, place + bytes([len(value.encode("cp1252"))]) + value.encode("cp1252"))
            else:
                written += record(0x0003, place + struct.pack("<d", value))
    return written + record(0x000A, b"")


def open_document(tables: dict[str, list[list[object]]]) -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    sheets = "".join(
        f'<table:table table:name="{name}">' + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tables.items())
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "manifest"))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(**{
        "mimetype": kind.encode(),
        "content.xml": f'<office:document-content {names} '
        f'office:version="1.2"><office:body><office:spreadsheet>{sheets}</office:spreadsheet>'
                       "</office:body></office:document-content>".encode(),
        "META-INF/manifest.xml": (
            f'<manifest:manifest {names}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>').encode()})


class WorkbookTest(LoadCase):
    def test_one_sheet_is_the_table(self) -> None:
        loaded, told = self.load("a.xlsx", workbook({"Data": YEAR["Jan"]}))
        self.assertEqual((loaded.to_dict("records"), told), ([{"item": "tea", "sold": 4}], ""))

    def test_several_sheets_are_a_dictionary_of_tables(self) -> None:
        loaded, told = self.load("year.xlsx", workbook(YEAR))
        self.assertEqual({name: int(table.sold[0]) for name, table in loaded.items()}, {"Jan": 4, "Feb": 9})
        self.assertEqual(told, "load_file: year.xlsx: 2 sheets, as a dictionary of tables: 'Jan', 'Feb'\n")

    def test_sheets_with_nothing_in_them_are_left_out_and_told(self) -> None:
        loaded, told = self.load("a.xlsx", workbook({"Daten": YEAR["Jan"], "Tabelle2": pandas.DataFrame(), "Tabelle3": pandas.DataFrame()}))
        self.assertEqual(loaded.sold.tolist(), [4])
        self.assertIn("'Tabelle2', 'Tabelle3'", told)
        self.assertTrue(self.load("b.xlsx", workbook({"Daten": pandas.DataFrame()}))[0].empty)

    def test_options_of_workbooks(self) -> None:
        data = workbook(YEAR)
        self.assertEqual(self.load("a.xlsx", data, sheet_name="Feb")[0].sold.tolist(), [9])
        self.assertEqual(self.load("a.xlsx", data, sheet_name=0, usecols="B")[0].columns.tolist(), ["sold"])
        self.assertEqual(list(self.load("a.xlsx", data, sheet_name=None)[0]), ["Jan", "Feb"])
        self.assertEqual(self.load("a.xlsx", workbook({"x": pandas.DataFrame({"n": range(9)})}), nrows=2)[0].n.tolist(), [0, 1])
        codes = workbook({"x": pandas.DataFrame({"code": ["007", "042"]})})
        self.assertEqual(self.load("a.xlsx", codes, dtype=str, keep_default_na=False)[0].code.tolist(), ["007", "042"])
        with self.assertRaisesRegex(ValueError, "Mar"):
            self.load("a.xlsx", data, sheet_name="Mar")

    def test_a_title_above_the_header_is_left_out_and_told(self) -> None:
        target = io.BytesIO()
        with pandas.ExcelWriter(target, engine="openpyxl") as writer:
            YEAR["Jan"].to_excel(writer, sheet_name="Jan", index=False, startrow=3)
            writer.sheets["Jan"]["A1"] = "Verkäufe 2024"
        loaded, told = self.load("a.xlsx", target.getvalue())
        self.assertEqual(loaded.to_dict("records"), [{"item": "tea", "sold": 4}])
        self.assertIn("3 lines above the header left out, 'Verkäufe 2024'", told)
        self.assertEqual(loaded.attrs["load_file"], {"header": 3})
        self.assertEqual(self.load("a.xlsx", target.getvalue(), header=None)[0].shape, (5, 2))

    def test_columns_without_a_name_are_no_title(self) -> None:
        frame = pandas.DataFrame([["a", 1, 2], ["b", 3, 4]], columns=["name", None, None])
        self.assertEqual(len(self.load("a.xlsx", workbook({"x": frame}))[0]), 2)

    def test_old_and_open_formats_where_the_library_is_there_and_else_an_error_that_names_it(self) -> None:
        rows = [["Teil", "Menge"], ["Größe M", 12], ["Öse", 30]]
        for name, data, library in (("a.xls", old_workbook(rows), "xlrd"), ("a.ods", open_document({"x": rows}), "odf")):
            with self.subTest(name, there=importlib.util.find_spec(library) is not None):
                if importlib.util.find_spec(library):
                    self.assertEqual(self.records(name, data), [{"Teil": "Größe M", "Menge": 12}, {"Teil": "Öse", "Menge": 30}])
                with mock.patch.dict(sys.modules, {library: None, f"{library}.opendocument": None}), \
                        self.assertRaisesRegex(ImportError, f"{name} is read with the library {library}"):
                    self.load(name, data)

    def test_a_binary_workbook_names_its_library(self) -> None:
        binary = archive(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<x/>"})
        with mock.patch.dict(sys.modules, {"pyxlsb": None}), self.assertRaisesRegex(ImportError, "a.xlsb is read with the library pyxlsb"):
            self.load("a.xlsb", binary)

    def test_several_sheets_of_an_open_document(self) -> None:
        if not importlib.util.find_spec("odf"):
            self.assertRaises(ImportError, self.load, "a.ods", open_document({"x": [["n"], [1]]}))
            return
        loaded, _ = self.load("a.ods", open_document({"x": [["n"], [1]], "y": [["n"], [2]]}))
        self.assertEqual({name: table.n.tolist() for name, table in loaded.items()}, {"x": [1], "y": [2]})

    def test_the_content_counts_and_not_the_name(self) -> None:
        new = workbook({"x": YEAR["Jan"]})
        self.assertEqual(self.load("a.xls", new)[0].sold.tolist(), [4])
        page = ("<html><head><meta charset=windows-1252></head><table><tr><th>Straße</th><th>n</th></tr>"
                "<tr><td>x</td><td>1.234,50</td></tr></table></html>")
        loaded, told = self.load("b.xls", page.encode("cp1252"))
        self.assertEqual(loaded.to_dict("records"), [{"Straße": "x", "n": 1234.5}])
        self.assertIn("a web page, and no workbook", told)
        loaded, told = self.load("c.xls", "Straße\tn\nx\t1,5\n".encode("utf-16"))
        self.assertEqual(loaded.to_dict("records"), [{"Straße": "x", "n": 1.5}])
        self.assertIn("text, and no workbook", told)
        with self.assertRaisesRegex(ValueError, "XML of Excel 2003"):
            self.load("d.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')

    def test_a_password_is_named(self) -> None:
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
        with self.assertRaisesRegex(ValueError, "a.xlsx is protected by a password"):
            self.load("a.xlsx", locked)

    def test_a_workbook_that_unpacks_to_more_than_fits_is_refused(self) -> None:
        bomb = archive(**{"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": 4_000_000 * b" "})
        self.assertLess(len(bomb), 20_000)
        with mock.patch.object(sources, "memory", lambda: 4_000_000), \
                self.assertRaisesRegex(ValueError, "a.xlsx unpacks to 3 MiB, and at most 1 MiB"):
            self.load("a.xlsx", bomb)
