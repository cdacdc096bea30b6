import codecs
import random
import unittest

from code_interpreter import charsets
from code_interpreter.decoding import NAMES
from tests.unit.encoded_samples import LONG, samples


class CharsetTest(unittest.TestCase):
    def test_every_sample_reads_back(self) -> None:
        seen = set()
        for language, encoding, text in samples():
            data = text.encode(encoding)
            guess = charsets.guess(data)
            seen.add((encoding, language, text))
            with self.subTest(language, encoding=encoding, text=text[:30]):
                self.assertEqual(data.decode(guess.encoding), text, guess)
                self.assertTrue(guess.sure, guess)
        self.assertGreater(len(seen), 100)
        self.assertGreaterEqual(len({encoding for encoding, _, _ in seen}), 19)

    def test_one_sign_is_enough_for_what_offices_write(self) -> None:
        for text in ("Price €;5\n", "It’s a test\nprice,£5\n", "Temp °C;5\n", "Café\n", "naïve façade\n", "“quoted” – yes\n",
                     "© 2024 Société\n", "Niño\n",
                     "Größe (m²);Ø 12 mm\n", "MÜLLER;KÖLN\n", "JOSÉ GARCÍA\nMUÑOZ\n"):
            with self.subTest(text):
                self.assertEqual(text.encode("cp1252").decode(charsets.guess(text.encode("cp1252")).encoding), text)

    def test_a_name_alone_in_a_script_with_many_signs(self) -> None:
        for text, encoding in (("价格\n", "gb18030"), ("価格\n", "shift_jis"), ("가격\n", "euc_kr"), ("價格\n", "big5"), ("Да\n", "cp1251"),
                               ("מחיר\n", "cp1255"),
                               ("السعر\n", "cp1256"), ("ชื่อ;จังหวัด\n", "cp874"), ("①番,㈱山田\n", "cp932"), ("똠방각하,펲시콜라\n", "cp949")):
            with self.subTest(text):
                self.assertEqual(text.encode(encoding).decode(charsets.guess(text.encode(encoding)).encoding), text)

    def test_marks_and_form(self) -> None:
        text = "name,Größe\nZoë,1\n"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"):
            with self.subTest(encoding):
                found = charsets.certain(text.encode(encoding))
                self.assertEqual(text.encode(encoding).decode(found or "ascii"), text)
        self.assertEqual(charsets.certain(codecs.BOM_UTF16_BE + "ü".encode("utf-16-be")), "utf-16")
        self.assertEqual(charsets.certain("東京".encode("iso2022_jp")), "iso2022_jp")

    def test_a_character_cut_at_the_end_of_the_sample_does_not_matter(self) -> None:
        for language, encoding in (("German", "utf-8"), ("Chinese", "utf-8"), ("Chinese", "gb18030"), ("Japanese", "cp932"),
                                   ("Korean", "cp949")):
            line = (800 * LONG[language].replace("\n", "")).encode(encoding)
            for ahead in (b"", b"x", b"xx"):
                sample = (ahead + line)[:charsets.SAMPLE_BYTES]
                with self.subTest(language, encoding=encoding, ahead=ahead):
                    self.assertEqual(len(sample), charsets.SAMPLE_BYTES)
                    self.assertEqual(charsets.certain(sample) or charsets.guess(sample).encoding, encoding)

    def test_a_few_bytes_that_are_no_utf8_make_no_other_encoding_of_it(self) -> None:
        data = 30 * LONG["French"].encode() + "ajouté".encode("cp1252")
        self.assertEqual(charsets.guess(data).encoding, "utf-8")

    def test_noise_is_no_text(self) -> None:
        noise = random.Random(7).randbytes(4000)
        self.assertFalse(charsets.guess(noise).text, charsets.guess(noise))

    def test_what_people_are_told_are_encodings(self) -> None:
        for name in NAMES:
            codecs.lookup(name)
