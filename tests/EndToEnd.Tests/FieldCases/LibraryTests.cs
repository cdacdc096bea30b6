namespace CodeInterpreter.EndToEnd.Tests.FieldCases;

/// <summary>The libraries that people and models reach for are there, and work.</summary>
public sealed class LibraryTests(FieldCaseProduct product)
{
    private static readonly FieldCase[] Cases =
    [
        new(
            "A progress bar runs on standard error",
            """
            from tqdm.auto import tqdm
            print(max(n * 7 % 13 for n in tqdm(range(100))))
            """
        )
        {
            Output = "12",
            Errors = ["100%"],
            MaySayMore = true,
        },
        new(
            "A straight line is fitted, with a formula",
            """
            import pandas as pd
            import statsmodels.formula.api as smf
            data = pd.DataFrame({'hours': [1, 2, 3, 4], 'points': [3, 5, 7, 9]})
            print(smf.ols('points ~ hours', data).fit().params.round(6).tolist())
            """
        )
        {
            Output = "[1.0, 2.0]",
        },
        new(
            "A net of places is drawn, and its shortest way found",
            """
            import matplotlib.pyplot as plt
            import networkx as nx
            net = nx.Graph([('mill', 'bridge'), ('bridge', 'church'), ('mill', 'farm')])
            print(nx.shortest_path(net, 'farm', 'church'))
            nx.draw(net, with_labels=True)
            plt.savefig('net.png')
            """
        )
        {
            Output = "['farm', 'mill', 'bridge', 'church']",
            Files = ["net.png"],
        },
        new(
            "Coins are counted in an image",
            """
            import numpy as np
            from skimage import draw, measure
            image = np.zeros((80, 80), bool)
            for row, column in ((20, 20), (20, 60), (60, 40)):
                image[draw.disk((row, column), 10)] = True
            print(measure.label(image).max())
            """
        )
        {
            Output = "3",
        },
        new(
            "An image is blurred and written by OpenCV",
            """
            import cv2
            import numpy as np
            image = np.zeros((20, 20, 3), np.uint8)
            image[5:15, 5:15] = 255
            cv2.imwrite('soft.png', cv2.GaussianBlur(image, (5, 5), 0))
            """
        )
        {
            Files = ["soft.png"],
        },
        new(
            "A workbook is styled, and read back",
            """
            import pandas as pd
            from openpyxl import load_workbook
            from openpyxl.styles import PatternFill
            pd.DataFrame({'part': ['axle', 'wheel'], 'left': [2, 0]}).to_excel('stock.xlsx', index=False)
            book = load_workbook('stock.xlsx')
            book.active['B3'].fill = PatternFill('solid', fgColor='FFAA00')
            book.save('stock.xlsx')
            print(pd.read_excel('stock.xlsx').left.sum())
            """
        )
        {
            Output = "2",
            Files = ["stock.xlsx"],
        },
        new(
            "A letter is written for a word processor",
            """
            from docx import Document
            letter = Document()
            letter.add_heading('Invitation', 1)
            letter.add_paragraph('Come on Friday.')
            letter.save('invitation.docx')
            """
        )
        {
            Files = ["invitation.docx"],
            Look = "from docx import Document\nprint(Document('invitation.docx').paragraphs[1].text)",
            Seen = "Come on Friday.",
        },
        new(
            "A PDF is searched for a word",
            """
            from reportlab.pdfgen.canvas import Canvas
            sheet = Canvas('plan.pdf')
            sheet.drawString(100, 500, 'The well is behind the barn.')
            sheet.save()
            from pdfminer.high_level import extract_text
            print('barn' in extract_text('plan.pdf'))
            """
        )
        {
            Output = "True",
            Files = ["plan.pdf"],
        },
        new(
            "A model is kept and used later",
            """
            import joblib
            from sklearn.tree import DecisionTreeClassifier
            joblib.dump(DecisionTreeClassifier(random_state=1).fit([[0], [1], [8], [9]], ['low', 'low', 'high', 'high']), 'tree.joblib')
            """
        )
        {
            Files = ["tree.joblib"],
            Look = "import joblib\nprint(*joblib.load('tree.joblib').predict([[2], [7]]))",
            Seen = "low high",
        },
        new(
            "Measurements have names for their axes",
            """
            import xarray as xr
            heat = xr.DataArray([[1.0, 3.0], [5.0, 7.0]], dims=('day', 'room'), coords={'room': ['attic', 'cellar']})
            print(heat.mean('day').sel(room='cellar').item())
            """
        )
        {
            Output = "5.0",
        },
        new(
            "A map has shapes on it",
            """
            import geopandas
            from shapely.geometry import box
            fields = geopandas.GeoDataFrame({'crop': ['rye', 'oats']}, geometry=[box(0, 0, 2, 1), box(3, 0, 4, 4)])
            print(fields.set_index('crop').area.to_dict())
            """
        )
        {
            Output = "{'rye': 2.0, 'oats': 4.0}",
        },
        new(
            "A picture of words and a code to scan are drawn",
            """
            import qrcode
            from wordcloud import WordCloud
            WordCloud(width=200, height=100).generate('sun sun moon star star star').to_file('words.png')
            qrcode.make('tickets').save('code.png')
            """
        )
        {
            Files = ["words.png", "code.png"],
        },
        new(
            "Much used libraries can be imported",
            """
            import importlib.util
            wanted = '''bs4 cryptography html5lib imageio jinja2 lxml markdown nltk numba odf openpyxl pdfminer plotly psutil pydantic regex
                rapidfuzz rich sqlalchemy statsmodels tabulate tqdm xlrd yaml'''
            print(*(name for name in wanted.split() if importlib.util.find_spec(name) is None), 'end')
            """
        )
        {
            Output = "end",
        },
    ];

    public static TheoryData<string> Titles => FieldCaseProduct.Titles(Cases);

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Case_OfALibrary_IsUsed(string title) => product.TryAsync(Cases, title);
}
