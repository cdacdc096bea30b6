namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>Letters of other scripts, and the months and numbers of other countries.</summary>
public sealed class LetterTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new("A PDF in Japanese carries its font along", """
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
            """) { Output = "True", Files = ["receipt.pdf"] },

        new("Arabic is joined and turned for a library that does neither", """
            import arabic_reshaper
            from bidi.algorithm import get_display
            print(len(get_display(arabic_reshaper.reshape('بيت'))))
            """) { Output = "3" },

        new("Months and numbers as a country writes them", """
            import locale, time
            day = time.strptime('2024-05-03', '%Y-%m-%d')
            for country in ('de_DE.UTF-8', 'fr_FR.UTF-8', 'pl_PL.UTF-8', 'tr_TR.UTF-8', 'en_GB.UTF-8'):
                locale.setlocale(locale.LC_ALL, country)
                print(time.strftime('%B', day), locale.format_string('%.2f', 9876.5, grouping=True).replace('\u202f', ' ').replace('\xa0', ' '))
            """) { Output = "Mai 9.876,50\nmai 9 876,50\nmaja 9 876,50\nMayıs 9.876,50\nMay 9,876.50" },

        new("Locales of Asia and the Americas are there, too", """
            import locale
            for country in 'en_US es_ES it_IT pt_BR ru_RU ja_JP ko_KR zh_CN ar_EG hi_IN'.split():
                locale.setlocale(locale.LC_ALL, country + '.UTF-8')
            print('all')
            """) { Output = "all" },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Written(string title) => product.TryAsync(Cases, title);
}
