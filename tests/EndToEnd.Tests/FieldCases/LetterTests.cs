namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>
/// Letters of all scripts are drawn, without the code naming a font, and with the fonts that code from other systems names.
/// </summary>
public sealed class LetterTests(FieldCaseProduct product)
{
    // A letter without a glyph is drawn as a box, and two boxes look alike.
    private const string Compare = """
        import matplotlib.pyplot as plt
        import numpy as np

        def picture_of(letter):
            figure = plt.figure(figsize=(0.8, 0.8), dpi=72)
            figure.text(0.2, 0.25, letter, fontsize=26)
            figure.canvas.draw()
            drawn = np.asarray(figure.canvas.buffer_rgba()).copy()
            plt.close(figure)
            return drawn

        def differ(one, other):
            return not np.array_equal(picture_of(one), picture_of(other))

        """;

    private static readonly FieldCase[] Cases =
    [
        new(
            "Labels in Chinese, Japanese and Korean",
            Compare
                + """
                print([differ(*pair) for pair in ('猫犬', 'きゾ', '고양')])
                plt.barh(['白菜', 'だいこん', '배추'], [4, 2, 3])
                plt.title('野菜 · 蔬菜 · 채소')
                plt.show()
                """
        )
        {
            Output = "[True, True, True]",
            Pictures = 1,
        },
        new(
            "Labels in the scripts of the Near East, of India and of Thailand",
            Compare
                + """
                pairs = {'Arabic': 'سم', 'Hebrew': 'גל', 'Devanagari': 'टप', 'Bengali': 'টপ', 'Tamil': 'டப', 'Thai': 'ฟธ'}
                print(*(script for script, pair in pairs.items() if not differ(*pair)), 'end')
                plt.plot([1, 2], label='مرحبا · שלום · नमस्ते')
                plt.legend()
                plt.show()
                """
        )
        {
            Output = "end",
            Pictures = 1,
        },
        new(
            "Labels in Greek and Cyrillic, signs of mathematics and faces",
            Compare
                + """
                pairs = {'Greek': 'Ξλ', 'Cyrillic': 'Щф', 'arrows': '⇒↦', 'mathematics': '∮∛', 'faces': '😀🐳', 'signs': '☂✓'}
                print(*(script for script, pair in pairs.items() if not differ(*pair)), 'end')
                """
        )
        {
            Output = "end",
        },
        new(
            "A chart names the fonts of another system",
            """
            import matplotlib.pyplot as plt
            plt.rcParams['font.family'] = 'sans-serif'
            plt.rcParams['font.sans-serif'] = ['Microsoft YaHei', 'Hiragino Sans GB']
            plt.title('苹果 5 €')
            plt.plot([3, 1, 2])
            plt.show()
            """
        )
        {
            Pictures = 1,
        },
        new(
            "A chart is set in Times New Roman, Courier New and Arial",
            """
            import matplotlib.pyplot as plt
            figure, axes = plt.subplots()
            for place, family in enumerate(['Times New Roman', 'Courier New', 'Arial']):
                axes.text(0.1, place / 3, 'Übung macht den Meister', fontfamily=family)
            plt.show()
            """
        )
        {
            Pictures = 1,
        },
        new(
            "Pillow writes with fonts by their file names",
            """
            from PIL import Image, ImageDraw, ImageFont
            sheet = Image.new('L', (260, 120), 255)
            for line, name in enumerate(['arialbd.ttf', 'times.ttf', 'cour.ttf', 'LiberationSerif-Italic.ttf']):
                ImageDraw.Draw(sheet).text((5, 28 * line), 'Žluťoučký', font=ImageFont.truetype(name, 20))
            sheet.save('lines.png')
            """
        )
        {
            Files = ["lines.png"],
        },
        new(
            "A PDF in Japanese carries its font along",
            """
            import glob
            from reportlab.pdfbase import pdfmetrics
            from reportlab.pdfbase.ttfonts import TTFError, TTFont
            from reportlab.pdfgen.canvas import Canvas
            from pypdf import PdfReader
            text = '領収書 合計'
            for path in sorted(glob.glob('/usr/share/fonts/**/*.tt[cf]', recursive=True)):
                try:
                    font = TTFont('J', path)
                except TTFError:
                    continue
                if all(ord(letter) in font.face.charToGlyph for letter in text):
                    break
            pdfmetrics.registerFont(font)
            page = Canvas('receipt.pdf')
            page.setFont('J', 20)
            page.drawString(70, 700, text)
            page.save()
            print(PdfReader('receipt.pdf').pages[0].extract_text().strip() == text)
            """
        )
        {
            Output = "True",
            Files = ["receipt.pdf"],
        },
        new(
            "Arabic is joined and turned for a library that does neither",
            """
            import arabic_reshaper
            from bidi.algorithm import get_display
            print(len(get_display(arabic_reshaper.reshape('بيت'))))
            """
        )
        {
            Output = "3",
        },
        new(
            "Months and numbers as a country writes them",
            """
            import locale, time
            day = time.strptime('2024-05-03', '%Y-%m-%d')
            for country in ('de_DE.UTF-8', 'fr_FR.UTF-8', 'pl_PL.UTF-8', 'tr_TR.UTF-8', 'en_GB.UTF-8'):
                locale.setlocale(locale.LC_ALL, country)
                number = locale.format_string('%.2f', 9876.5, grouping=True)
                print(time.strftime('%B', day), number.replace('\u202f', ' ').replace('\xa0', ' '))
            """
        )
        {
            Output = "Mai 9.876,50\nmai 9 876,50\nmaja 9 876,50\nMayıs 9.876,50\nMay 9,876.50",
        },
        new(
            "Locales of Asia and the Americas are there, too",
            """
            import locale
            for country in 'en_US es_ES it_IT pt_BR ru_RU ja_JP ko_KR zh_CN ar_EG hi_IN'.split():
                locale.setlocale(locale.LC_ALL, country + '.UTF-8')
            print('all')
            """
        )
        {
            Output = "all",
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfALetter_IsWritten(string title) => product.TryAsync(Cases, title);
}
