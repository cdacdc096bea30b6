import codecs
import json

from tests.unit.load_case import LoadCase


class TextTest(LoadCase):
    def test_text_in_every_encoding_is_a_string(self) -> None:
        texts = {
            "cp1252": "Sehr geehrte Frau Müller – 20 €\r\n", "cp1250": "Zażółć gęślą jaźń\n", "cp1251": "Уважаемая Анна Петровна!\n",
            "utf-16": "Ünïcode\n",
            "utf-16-be": "plain letters, ünd more\n", "utf-8-sig": "Köln\n", "gb18030": "尊敬的客户：您的订单已发货。\n", "cp932": "お世話になっております。\n",
            "cp949": "안녕하세요. 주문이 완료되었습니다.\n", "cp950": "您的訂單已經出貨。\n", "koi8_r": "Отчёт за январь\n",
            "cp1254": "Sayın müşterimiz, siparişiniz yola çıktı\n",
            "utf-32": "wide\n", "iso2022_jp": "会議の資料\n",
        }
        for encoding, text in texts.items():
            with self.subTest(encoding):
                loaded, told = self.load(f"{encoding}.txt", text.encode(encoding))
                self.assertEqual(loaded, text)
                self.assertEqual(told.count("\n"), 0 if encoding == "utf-8-sig" else 1, told)

    def test_utf8_is_read_without_a_word_wherever_its_letters_are(self) -> None:
        for text in ("plain\r\n", "Köln\n", 100_000 * "x" + "ü", "zero\0inside\n"):
            self.assertEqual(self.load("a.txt", text.encode()), (text, ""))

    def test_letters_that_show_late(self) -> None:
        text = 9000 * "plain line\n" + "Müller\n"
        self.assertEqual(self.load("a.log", text.encode("cp1252"))[0], text)

    def test_what_a_page_says_of_itself_counts(self) -> None:
        page = '<?xml version="1.0" encoding="ISO-8859-2"?><a>Łą</a>'
        loaded, told = self.load("a.xml", page.encode("iso8859_2"))
        self.assertEqual(loaded, page)
        self.assertIn("says that it is ISO-8859-2", told)
        for label in ("unicode_escape", "zip", "rot13", "no-such-thing", "idna"):
            with self.subTest(label):
                page = f'<?xml version="1.0" encoding="{label}"?><a>Größe \\x41</a>'
                self.assertEqual(self.load("b.xml", page.encode("cp1252"))[0], page)

    def test_a_few_broken_bytes_are_replaced_and_told(self) -> None:
        loaded, told = self.load("a.txt", 40 * "Größe\n".encode() + b"\xff\n")
        self.assertEqual(loaded.count("\ufffd"), 1)
        self.assertIn("1 characters that do not fit", told)

    def test_what_is_no_text_stays_bytes_and_is_told(self) -> None:
        data = bytes(range(256)) * 4
        loaded, told = self.load("a.txt", data)
        self.assertEqual(loaded, data)
        self.assertIn("not text in a known encoding", told)

    def test_an_encoding_can_be_given(self) -> None:
        self.assertEqual(self.load("a.txt", "Łódź".encode("cp852"), encoding="cp852"), ("Łódź", ""))
        with self.assertRaises(UnicodeDecodeError):
            self.load("a.txt", b"\xff", encoding="utf-8")
        with self.assertRaises(LookupError):
            self.load("a.txt", b"a", encoding="no-such-thing")

    def test_json_in_every_encoding(self) -> None:
        value = {"Straße": ["Größe", 1.5, None], "ort": "Köln"}
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
            text = json.dumps(value, ensure_ascii=False)
            with self.subTest(encoding):
                self.assertEqual(self.load("a.json", text.encode(encoding))[0], value)
                self.assertEqual(self.load("a.jsonl", f"{text}\r\n\r\n{text}\n".encode(encoding))[0], [value, value])
                self.assertEqual(self.load("a.yaml", text.encode(encoding))[0], value)
                self.assertEqual(self.load("a.geojson", text.encode(encoding), encoding=encoding)[0], value)

    def test_lines_of_json_end_at_line_feeds_only(self) -> None:
        self.assertEqual(self.load("a.ndjson", '{"a": "x\u2028y"}\n{"a": "z\x85"}\n'.encode())[0], [{"a": "x\u2028y"}, {"a": "z\x85"}])

    def test_toml_and_yaml_with_a_byte_order_mark(self) -> None:
        self.assertEqual(self.load("a.toml", codecs.BOM_UTF8 + 'ort = "Köln"'.encode())[0], {"ort": "Köln"})
        self.assertEqual(self.load("a.yml", codecs.BOM_UTF8 + "ort: Köln".encode())[0], {"ort": "Köln"})

    def test_documents_are_bytes(self) -> None:
        for name in ("a.pdf", "a.docx", "a.pptx", "a.odt", "a.doc"):
            self.assertEqual(self.load(name, b"%PDF-1.7 \xff")[0], b"%PDF-1.7 \xff")
