"""Letters of all scripts are drawn whatever font the code has chosen, and the fonts that code names are there."""

import unittest

from tests.container.sandbox import execute

# Two letters that a font does not have are drawn as the same box.
DRAWING = """
import numpy as np
import matplotlib
import matplotlib.pyplot as plt

def picture(letters, **style):
    figure = plt.figure(figsize=(1.5, 1), dpi=72)
    figure.text(0.1, 0.25, letters, size=24, **style)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].copy()
    plt.close(figure)
    return pixels

def differ(pair, **style):
    first, second = (picture(letter, **style) for letter in pair)
    return bool((first != second).any() and (first < 200).any())
"""
SCRIPTS = {
    "simplified": "汉语", "traditional": "灣龍", "hiragana": "ねの", "katakana": "ソン", "kanji": "峠込", "hangul": "값뷁",
    "arabic": "شق", "persian": "پچ", "hebrew": "צט", "devanagari": "ञष", "bengali": "ঙঞ", "tamil": "ஞழ", "thai": "ฒษ",
    "telugu": "గఘ", "gujarati": "ઘઙ", "kannada": "ಗಘ", "malayalam": "ഗഘ", "punjabi": "ਗਘ", "sinhala": "ගඝ", "khmer": "កខ",
    "lao": "ກຂ", "burmese": "ကခ", "georgian": "გდ", "armenian": "գդ", "amharic": "ሀለ", "cyrillic": "Щѣ", "greek": "ξΞ",
    "emoji": "🎂🐙", "signs": "☔✈", "fullwidth": "Ａ，", "vietnamese": "ệỡ",
}
BOXES = f"""
print([name for name, pair in {SCRIPTS!r}.items() if not differ(pair)])
"""
CHARTS = """
labels = ["营收", "売上", "수익", "إيرادات", "הכנסות", "राजस्व", "আয়", "வருவாய்", "รายได้", "Доход", "Έσοδα", "🍎🍐"]
figure, axes = plt.subplots(figsize=(6, 4))
axes.barh(range(len(labels)), range(len(labels)), label="図")
axes.set_yticks(range(len(labels)), labels)
axes.set_title("季度报告 / 四半期 / 분기")
axes.annotate("最高", (3, 3)); axes.legend(title="凡例")
"""
NAMES = (
    "SimHei", "SimSun", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK JP", "Noto Sans CJK KR",
    "Hiragino Sans GB", "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "MS Gothic", "IPAexGothic", "Malgun Gothic", "NanumGothic",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Source Han Sans CN", "Heiti TC")
LATIN_NAMES = {
    "Arial": "LiberationSans", "Helvetica": "LiberationSans", "Times New Roman": "LiberationSerif", "Times": "LiberationSerif",
    "Courier New": "LiberationMono", "Verdana": "DejaVuSans", "Calibri": "LiberationSans"}
FILES = (
    "arial.ttf", "Arial.ttf", "arialbd.ttf", "Arial Bold.ttf", "ariali.ttf", "times.ttf", "timesbd.ttf", "Times New Roman.ttf", "cour.ttf",
    "calibri.ttf", "verdana.ttf", "tahoma.ttf", "helvetica.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSans-Oblique.ttf",
    "DejaVuSerif.ttf", "simhei.ttf", "msyh.ttc", "simsun.ttc", "msgothic.ttc", "malgun.ttf", "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc",
    "seguiemj.ttf")


class LettersTest(unittest.TestCase):
    def test_letters_of_each_script_are_told_apart_without_a_font_being_chosen(self) -> None:
        for profile in ("bare", "data"):
            result = execute(DRAWING + BOXES, profile)
            self.assertEqual((result.stdout, result.stderr), ("[]\n", ""))

    def test_they_are_when_the_code_or_a_style_has_chosen_a_font(self) -> None:
        choices = ("import seaborn; seaborn.set_theme()", "plt.rcParams['font.family'] = 'serif'",
                   "plt.rcParams['font.family'] = ['Arial']",
                   "plt.rcParams['font.sans-serif'] = ['SimHei']", "plt.rcParams['font.sans-serif'] = ['Times New Roman']",
                   "plt.style.use('ggplot')", "plt.rcdefaults()", "matplotlib.use('Agg')")
        for choice in choices:
            with self.subTest(choice):
                result = execute(DRAWING + choice + BOXES, "data")
                self.assertEqual((result.stdout, result.stderr), ("[]\n", ""))

    def test_a_chart_of_all_of_them_is_saved_in_each_format_without_a_word(self) -> None:
        result = execute(DRAWING + CHARTS + """
for kind in ("png", "pdf", "svg", "jpg"):
    figure.savefig("chart." + kind)
""", wall_time_seconds=40)
        self.assertEqual(result.stderr, "")
        self.assertLessEqual({"chart.png", "chart.pdf", "chart.svg", "chart.jpg"}, set(result.files))

    def test_plots_of_pandas_and_seaborn_have_them(self) -> None:
        result = execute("""
            import pandas as pd, seaborn as sns, matplotlib.pyplot as plt
            sns.set_theme(style="whitegrid")
            table = pd.DataFrame({"城市": ["上海", "深圳", "成都"], "温度": [21, 27, 18]})
            sns.barplot(table, x="城市", y="温度"); plt.title("평균 기온"); plt.savefig("a.png"); plt.close()
            table.plot.bar(x="城市", title="気温 −5 °C"); plt.savefig("b.png"); plt.close()
            sns.heatmap(table.set_index("城市"), annot=True); plt.savefig("c.png"); plt.close()
            """, "data", wall_time_seconds=40)
        self.assertEqual((result.stderr, set(result.files)), ("", {"a.png", "b.png", "c.png"}))

    def test_western_text_looks_in_no_other_font(self) -> None:
        result = execute(DRAWING + """
figure, axes = plt.subplots()
title = axes.set_title("Größe in m² – déjà vu, −3 €")
other = axes.set_ylabel("Größe 値")
figure.canvas.draw()
print(title.get_fontfamily(), other.get_fontfamily())
""", "data")
        self.assertEqual(result.stdout, "['sans-serif'] ['sans-serif', 'DejaVu Sans', 'WenQuanYi Micro Hei']\n")


class NamedFontsTest(unittest.TestCase):
    def test_matplotlib_has_the_names_of_east_asian_fonts(self) -> None:
        result = execute(DRAWING + f"""
for name in {NAMES!r}:
    print(name, differ("广州", family=name), differ("あほ", family=[name]), differ("한국", fontname=name))
plt.rcParams["font.sans-serif"] = ["Microsoft YaHei", "PingFang SC"]
print(differ("广州"), differ("−~"))
""", "data")
        self.assertEqual(result.stdout, "".join(f"{name} True True True\n" for name in NAMES) + "True True\n")
        self.assertEqual(result.stderr, "")

    def test_matplotlib_has_the_names_of_western_fonts_in_each_style(self) -> None:
        result = execute(f"""
            import os
            from matplotlib.font_manager import FontProperties, findfont
            for name in {tuple(LATIN_NAMES)!r}:
                paths = [findfont(FontProperties(family=name, **style), fallback_to_default=False)
                         for style in ({{}}, {{"weight": "bold"}}, {{"style": "italic"}})]
                print(name, *map(os.path.basename, paths), sep="|")
            """, "data")
        self.assertEqual(result.stderr, "")
        for line, (name, file) in zip(result.stdout.splitlines(), LATIN_NAMES.items(), strict=True):
            said, *files = line.split("|")
            self.assertEqual(said, name)
            self.assertTrue(all(found.startswith(file) for found in files), line)
            self.assertIn("Bold", files[1])

    def test_pillow_opens_them_by_file_name(self) -> None:
        result = execute(f"""
            from PIL import ImageFont
            for name in {FILES!r}:
                font = ImageFont.truetype(name, 20)
                if name in ("simhei.ttf", "msyh.ttc", "malgun.ttf"):
                    assert len({{bytes(font.getmask(letter)) for letter in "云한あ"}}) == 3, name
            print(len({{ImageFont.truetype(name, 40).getlength("Wide") for name in ("arial.ttf", "arialbd.ttf", "cour.ttf")}}))
            """)
        self.assertEqual((result.stdout, result.stderr), ("3\n", ""))

    def test_fontconfig_has_them(self) -> None:
        result = execute("""
            import subprocess
            for name in ("SimHei", "PingFang SC", "Noto Sans CJK KR", "MS Gothic", "Arial", "Times New Roman", "Courier New"):
                print(subprocess.run(["fc-match", "-f", "%{family[0]}", name], capture_output=True, text=True).stdout)
            """)
        self.assertEqual(result.stdout.splitlines(), ["WenQuanYi Micro Hei"] * 4
                         + ["Liberation Sans", "Liberation Serif", "Liberation Mono"])

    def test_reportlab_embeds_an_east_asian_truetype_font_and_the_text_reads_back(self) -> None:
        result = execute("""
            from reportlab.pdfbase import pdfmetrics
            from reportlab.pdfbase.ttfonts import TTFont
            from reportlab.pdfgen import canvas
            from pypdf import PdfReader
            pdfmetrics.registerFont(TTFont("Han", "wqy-microhei.ttc"))
            pdfmetrics.registerFont(TTFont("Sans", "DejaVuSans.ttf"))
            pdfmetrics.registerFont(TTFont("Office", "arial.ttf"))
            page = canvas.Canvas("bill.pdf")
            for font, y, text in (("Han", 700, "发票金额 請求書 청구서"), ("Sans", 650, "NH₄⁺, Счёт на 7 €"), ("Office", 600, "Ążęł")):
                page.setFont(font, 12)
                page.drawString(50, y, text)
            page.save()
            text = PdfReader("bill.pdf").pages[0].extract_text()
            print("发票金额 請求書 청구서" in text, "NH₄⁺, Счёт на 7 €" in text, "Ążęł" in text)
            """)
        self.assertEqual((result.stdout, result.stderr), ("True True True\n", ""))
        self.assertIn(b"/FontFile2", result.files["bill.pdf"])

    def test_words_can_be_shaped_from_right_to_left(self) -> None:
        result = execute("""
            import arabic_reshaper
            from bidi.algorithm import get_display
            print(get_display("שלום") == "םולש", len(arabic_reshaper.reshape("لا")) == 1)
            import matplotlib.pyplot as plt
            plt.title(get_display(arabic_reshaper.reshape("تقرير المبيعات")))
            plt.savefig("a.png")
            """)
        self.assertEqual((result.stdout, result.stderr), ("True True\n", ""))
