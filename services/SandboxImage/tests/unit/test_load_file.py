import inspect
import pydoc
import subprocess
import sys
import unicodedata

from code_interpreter import builtin
from code_interpreter.loading import load_file, load_file_path
from tests.unit.load_case import LoadCase


class LoadFileTest(LoadCase):
    def test_by_id_by_path_and_by_plain_name(self) -> None:
        self.attach("d/a.txt", "u_1_x", "é".encode())
        for wanted in ("u_1_x", "d/a.txt", "a.txt"):
            self.assertEqual(load_file(wanted), "é")

    def test_it_can_be_asked_how_it_is_called(self) -> None:
        self.assertEqual(str(inspect.signature(builtin.load_file)), "(id_or_name: str, **options: object) -> object")
        self.assertIn("by its id or name", pydoc.plain(pydoc.render_doc(builtin.load_file)))

    def test_a_file_the_code_made_itself(self) -> None:
        (self.work / "own.json").write_text('{"a": [1]}')
        self.assertEqual(load_file("own.json"), {"a": [1]})

    def test_types_of_the_standard_library(self) -> None:
        cases = {
            "a.jsonl": (b'{"a": 1}\n\n[2]\n', [{"a": 1}, [2]]),
            "a.toml": (b"a = 1", {"a": 1}),
            "a.py": (b"x = 1\n", "x = 1\n"),
            "Dockerfile": (b"FROM x", "FROM x"),
            "a.md": (b"\xef\xbb\xbfbom", "bom"),
            "a.txt": (b"\xff\xfeh\x00i\x00", "hi"),
            "b.txt": (b"\xff\x00\xfe", b"\xff\x00\xfe"),
            "a.bin": (b"plain ascii", b"plain ascii"),
            "noextension": (b"abc", b"abc"),
        }
        for name, (data, expected) in cases.items():
            with self.subTest(name):
                self.attach(name, "id-" + name, data)
                self.assertEqual(load_file("id-" + name), expected)

    def test_unknown_names_what_is_there(self) -> None:
        self.attach("a.csv", "u_1_x", b"")
        with self.assertRaises(FileNotFoundError) as caught:
            load_file("u_1_y")
        for part in ("u_1_y", "a.csv", "u_1_x"):
            self.assertIn(part, str(caught.exception))

    def test_nothing_attached_is_said(self) -> None:
        with self.assertRaisesRegex(FileNotFoundError, "No files are attached"):
            load_file("x")
        with self.assertRaises(FileNotFoundError):
            load_file("")

    def test_other_arguments_are_a_type_error(self) -> None:
        with self.assertRaises(TypeError):
            load_file(3)

    def test_the_path_for_libraries_that_open_files_themselves(self) -> None:
        self.attach("d/Übersicht 1.docx", "u_1_x", b"PK")
        for wanted in ("u_1_x", "d/Übersicht 1.docx", "Übersicht 1.docx"):
            self.assertEqual(load_file_path(wanted), str(self.work / "d/Übersicht 1.docx"))
        with self.assertRaises(FileNotFoundError):
            load_file_path("u_1_y")

    def test_names_are_the_same_in_both_forms_of_unicode(self) -> None:
        names = ("données août.csv", "Über uns – 1.csv", "d/Año nuevo.txt", "한글 📈.txt", "Å.csv")
        for number, name in enumerate(names):
            for kept, asked in (("NFC", "NFD"), ("NFD", "NFC")):
                with self.subTest(name, kept=kept):
                    folder = f"{number}{kept}/"
                    self.attach(unicodedata.normalize(kept, folder + name), f"u_{number}_{kept}", b"x\n1\n")
                    found = load_file_path(unicodedata.normalize(asked, folder + name))
                    self.assertEqual(found, load_file_path(f"u_{number}_{kept}"))

    def test_the_exact_name_wins_over_its_other_form(self) -> None:
        for form in ("NFC", "NFD"):
            self.attach(unicodedata.normalize(form, "é.txt"), form, form.encode())
        self.assertEqual([load_file(unicodedata.normalize(form, "é.txt")) for form in ("NFC", "NFD")], ["NFC", "NFD"])

    def test_files_of_the_code_are_found_in_both_forms(self) -> None:
        (self.work / "neu").mkdir()
        for kept, asked in (("NFC", "NFD"), ("NFD", "NFC")):
            (self.work / "neu" / unicodedata.normalize(kept, f"é{kept}.txt")).write_text(kept)
            self.assertEqual(load_file(unicodedata.normalize(asked, f"neu/é{kept}.txt")), kept)
            self.assertEqual(load_file(unicodedata.normalize(asked, str(self.work / f"neu/é{kept}.txt"))), kept)

    def test_two_uploads_of_one_name_are_both_there_by_their_ids(self) -> None:
        self.attach("image.csv", "u_1_a", b"x\n1\n")
        self.attach("image (2).csv", "u_1_b", b"x\n2\n")
        self.assertEqual([int(load_file(wanted).x[0]) for wanted in ("u_1_a", "u_1_b", "image.csv")], [1, 2, 1])

    def test_names_as_discord_sends_them(self) -> None:
        for number, name in enumerate(("SPOILER_x.csv", "Über uns – 1.csv", "😀 mood.csv", "my file (1).csv", "it's 100% #1 & more.csv")):
            self.attach(name, f"u_1_{number}", b"n\n7\n")
            self.assertEqual(int(load_file(name).n[0]), 7)
        self.assertEqual(load_file_path("x.csv"), str(self.work / "SPOILER_x.csv"))

    def test_options_that_are_not_taken_are_a_type_error_that_lists_those_that_are(self) -> None:
        files = {"a.csv": "encoding.*nrows.*sep", "a.xlsx": "nrows.*sheet_name", "a.json": "it takes encoding$",
                 "a.txt": "it takes encoding$",
                 "a.png": "it takes none", "a.bin": "it takes none", "a.parquet": "columns", "a.h5": "it takes key$", "a.dta": "columns"}
        for name, expected in files.items():
            data = b"PK\x03\x04" if name == "a.xlsx" else b"x,y\n1,2\n"
            self.attach(name, name, data)
            with self.subTest(name), self.assertRaisesRegex(TypeError, f"{name} is read without the option 'delimeter'; .*{expected}"):
                load_file(name, delimeter=";")

    def test_code_that_loads_nothing_imports_nothing_of_it(self) -> None:
        code = ("import sys, code_interpreter.builtin\nprint(load_file.__name__, load_file_path.__name__,"
                " [name for name in ('loading', 'formats', 'sources', 'charsets') if f'code_interpreter.{name}' in sys.modules], 'pandas' "
                "in sys.modules)")
        told = subprocess.check_output([sys.executable, "-c", code], text=True)
        self.assertEqual(told, "load_file load_file_path [] False\n")
