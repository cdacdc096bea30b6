"""What the standard image promises: libraries, tools, locales, time zones, and its description of itself."""

import json
import os
import subprocess
import unittest

from tests.container.sandbox import IMAGE, Sandbox, execute

MODULES = (
    ("numpy", "pandas", "scipy", "sklearn", "statsmodels.api", "statsmodels.formula.api", "patsy", "numexpr", "bottleneck", "xarray",
     "netCDF4", "h5py", "tables", "pyarrow.parquet", "joblib", "dill", "cloudpickle"),
    ("matplotlib.pyplot", "seaborn", "plotly.express", "plotly.graph_objects", "altair", "folium", "networkx", "igraph", "graphviz",
     "pydot", "wordcloud", "qrcode", "PIL.Image"),
    ("cv2", "skimage.io", "skimage.filters", "imageio.v3", "moviepy", "soundfile", "pydub"),
    ("openpyxl", "xlsxwriter", "xlrd", "xlwt", "odf.opendocument", "docx", "docxtpl", "pypdf", "pymupdf", "pdfminer.high_level",
     "reportlab.pdfgen.canvas", "fpdf", "ebooklib", "pytesseract", "pyreadstat"),
    ("bs4", "lxml.etree", "html5lib", "feedparser", "markdown", "requests", "httpx", "yaml", "toml", "orjson", "ujson", "jinja2",
     "tabulate", "chardet", "charset_normalizer", "regex", "unidecode", "rapidfuzz", "Levenshtein", "thefuzz.fuzz", "fuzzywuzzy.fuzz",
     "babel", "bidi.algorithm", "arabic_reshaper"),
    ("nltk", "gensim", "jieba", "sympy", "mpmath", "gmpy2", "pint", "pulp", "numba"),
    ("shapely", "pyproj", "geopandas", "sqlalchemy", "sqlite3", "pydantic", "attr", "cryptography.fernet", "psutil", "tqdm", "rich",
     "IPython", "more_itertools", "arrow", "pendulum", "dateutil", "pytz", "tkinter"),
)
LOCALES = ("en_US", "en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "pl_PL", "ru_RU", "ja_JP", "ko_KR", "zh_CN", "tr_TR", "ar_EG",
           "hi_IN")


def description() -> dict:
    listing = subprocess.run(["docker", "run", "--rm", "--network", "none", "--entrypoint", "cat", IMAGE, "/opt/sandbox/environment.json"],
                             capture_output=True, check=True).stdout
    return json.loads(listing)


class LibrariesTest(unittest.TestCase):
    def test_every_module_is_imported_without_a_word_in_each_profile(self) -> None:
        for profile in ("bare", "data"):
            for modules in MODULES:
                with self.subTest(f"{profile}: {modules[0]}, ..."):
                    result = execute(f"import importlib\nfor name in {modules!r}: importlib.import_module(name)", profile, memory="2g",
                                     wall_time_seconds=50)
                    self.assertEqual((result.stdout, result.stderr, result.exit["exit_code"]), ("", "", 0))

    def test_matplotlib_and_seaborn_say_nothing_in_a_fresh_sandbox(self) -> None:
        for profile in ("lean", "bare", "data"):
            result = execute("""
                import seaborn as sns, matplotlib.pyplot as plt
                sns.set_style("dark")
                plt.scatter([1, 2], [2, 1])
                plt.savefig("dots.png")
                """, profile)
            self.assertEqual((result.stderr, list(result.files)), ("", ["dots.png"]))

    def test_the_old_name_of_pymupdf_works(self) -> None:
        result = execute("import fitz\nprint(fitz.open().page_count)")
        self.assertEqual((result.stdout.splitlines()[-1], result.stderr), ("0", ""))

    def test_what_the_libraries_do(self) -> None:
        result = execute("""
            import logging
            import cv2, jieba, networkx as nx, numpy as np, pandas as pd, sqlalchemy, geopandas as gpd
            import statsmodels.formula.api as smf
            from cryptography.fernet import Fernet
            from numba import njit
            from rapidfuzz import fuzz
            from shapely.geometry import Point
            from skimage.measure import label
            jieba.setLogLevel(logging.WARNING)
            line = pd.DataFrame({"x": range(9), "y": [3 * n - 2 for n in range(9)]})
            print(round(smf.ols("y ~ x", line).fit().params["x"], 6))
            print(nx.shortest_path(nx.cycle_graph(6), 0, 2))
            print(cv2.cvtColor(np.full((2, 2, 3), 255, np.uint8), cv2.COLOR_BGR2GRAY).tolist())
            print(label(np.eye(3, dtype=int), connectivity=1).max())
            print(njit(lambda n: n * n)(12))
            print(fuzz.ratio("kitten", "kitten"))
            print("/".join(jieba.cut("我来到北京")))
            print(sqlalchemy.create_engine("sqlite://").connect().execute(sqlalchemy.text("select 6 * 7")).scalar())
            print(gpd.GeoSeries([Point(13.4, 52.5)], crs=4326).to_crs(3857).x.round().iloc[0])
            key = Fernet.generate_key()
            print(Fernet(key).decrypt(Fernet(key).encrypt(b"note")))
            """, "data", memory="2g", wall_time_seconds=50)
        self.assertEqual(result.stdout.splitlines(), ["3.0", "[0, 1, 2]", "[[255, 255], [255, 255]]", "3", "144", "100.0", "我/来到/北京", "42",
                                                      "1491681.0", "b'note'"], result.stderr)

    def test_a_progress_bar_goes_to_stderr_only(self) -> None:
        result = execute("from tqdm.auto import tqdm\nprint(sum(n % 3 for n in tqdm(range(900), desc='rows')))")
        self.assertEqual(result.stdout, "900\n")
        self.assertIn("rows: 100%", result.stderr)

    def test_workbooks_of_each_engine_read_back(self) -> None:
        result = execute("""
            import pandas as pd
            from openpyxl import load_workbook
            from openpyxl.chart import BarChart, Reference
            table = pd.DataFrame({"date": pd.date_range("2025-02-27", periods=3), "naïve": [0.5, None, 8.25], "paid": [False, True, True]})
            for engine, name in (("openpyxl", "o.xlsx"), ("xlsxwriter", "x.xlsx"), ("odf", "t.ods")):
                with pd.ExcelWriter(name, engine=engine) as book:
                    table.to_excel(book, sheet_name="Bills", index=False)
                    table.to_excel(book, sheet_name="Copy", index=False)
                sheets = pd.read_excel(name, sheet_name=None)
                for sheet in sheets.values():
                    pd.testing.assert_frame_equal(sheet, table, check_dtype=False)
                print(list(sheets))
            book = load_workbook("o.xlsx")
            chart = BarChart()
            chart.add_data(Reference(book["Bills"], min_col=2, min_row=1, max_row=4))
            book["Bills"].add_chart(chart, "F2")
            book.save("c.xlsx")
            """, "data", wall_time_seconds=40)
        self.assertEqual((result.stdout, result.stderr), ("['Bills', 'Copy']\n" * 3, ""))
        self.assertEqual(set(result.files), {"o.xlsx", "x.xlsx", "c.xlsx", "t.ods"})

    def test_plotly_writes_a_page_that_needs_no_network(self) -> None:
        result = execute("""
            import plotly.graph_objects as go
            go.Figure(go.Bar(x=["a", "b"], y=[4, 9])).write_html("bars.html", include_plotlyjs=True)
            """)
        self.assertEqual(result.stderr, "")
        self.assertIn(b"Plotly.newPlot", result.files["bars.html"])

    def test_what_debian_lacks_is_there_or_said_to_be_missing(self) -> None:
        modules = {"python-pptx": "pptx", "pdfplumber": "pdfplumber", "polars": "polars", "duckdb": "duckdb", "kaleido": "kaleido",
                   "pyxlsb": "pyxlsb"}
        told = description()
        missing = {part["name"]: part["reason"] for part in told["missing"]}
        packages = {package["name"].lower() for package in told["packages"]}
        for name, module in modules.items():
            with self.subTest(name):
                found = execute(f"import importlib.util\nprint(importlib.util.find_spec({module!r}) is not None)").stdout == "True\n"
                self.assertEqual((found, found), (name in packages, name not in missing))
                self.assertTrue(found or "when the image was built" in missing[name])


class ToolsTest(unittest.TestCase):
    def test_animations_become_video_and_gif(self) -> None:
        result = execute("""
            import subprocess
            import matplotlib.pyplot as plt, numpy as np
            from matplotlib.animation import FuncAnimation, PillowWriter
            from PIL import Image
            figure, axes = plt.subplots(figsize=(2, 2))
            dots, = axes.plot(np.zeros(5), "o")
            axes.set_ylim(-1, 1)
            film = FuncAnimation(figure, lambda n: dots.set_ydata(np.cos(np.arange(5) + n / 2)), frames=10)
            film.save("film.mp4", fps=5)
            film.save("film.gif", writer=PillowWriter(fps=5))
            print(Image.open("film.gif").n_frames)
            count = "ffprobe -v error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 film.mp4"
            print(subprocess.run(count.split(), capture_output=True, text=True).stdout)
            """, wall_time_seconds=50)
        self.assertEqual((result.stdout.split(), result.stderr), (["10", "10"], ""))
        self.assertEqual(result.files["film.mp4"][4:8], b"ftyp")

    def test_command_line_tools_do_their_work(self) -> None:
        commands = {
            "echo '{\"a\": [1, 2]}' | jq -c .a": "[1,2]",
            "echo 'digraph { a -> b }' | dot -Tsvg | grep -c '<svg'": "1", "echo '2^100' | bc": str(2 ** 100),
            "sqlite3 :memory: 'select sum(value) from generate_series(1, 4)'": "10",
            "node -e 'console.log([3, 1, 2].sort().join())'": "1,2,3",
            "file -b --mime-type /etc/hostname": "text/plain",
            "echo a,b | awk -F, '{print $2}'": "b", "printf x >x; zip -q a.zip x; unzip -p a.zip x": "x"}
        for command, expected in commands.items():
            with self.subTest(command):
                result = execute(f"import subprocess\nsubprocess.run({command!r}, shell=True)")
                self.assertEqual((result.stdout.strip(), result.stderr), (expected, ""))

    def test_pages_are_drawn_and_read(self) -> None:
        result = execute("""
            import subprocess
            import pymupdf, pytesseract
            from fpdf import FPDF
            from pdfminer.high_level import extract_text
            from PIL import Image
            page = FPDF()
            page.add_page()
            page.set_font("Helvetica", size=40)
            page.cell(text="Harvest 1987")
            page.output("page.pdf")
            print(subprocess.run(["pdftotext", "page.pdf", "-"], capture_output=True, text=True).stdout.strip())
            subprocess.run(["pdftoppm", "-r", "100", "-png", "page.pdf", "page"], check=True)
            print(pytesseract.image_to_string(Image.open("page-1.png")).strip())
            print(pymupdf.open("page.pdf")[0].get_text().strip())
            print(extract_text("page.pdf").strip())
            """, wall_time_seconds=50)
        self.assertEqual((result.stdout, result.stderr), ("Harvest 1987\n" * 4, ""))


class PlacesTest(unittest.TestCase):
    def test_each_locale_is_there_with_and_without_its_encoding(self) -> None:
        result = execute(f"""
            import calendar, locale, os
            for name in {LOCALES!r}:
                for form in (name + ".UTF-8", name):
                    locale.setlocale(locale.LC_ALL, form)
                    assert locale.nl_langinfo(locale.CODESET) == "UTF-8", form
            for name in ("en_US", "de_DE", "fr_FR", "tr_TR", "ru_RU", "ja_JP"):
                locale.setlocale(locale.LC_ALL, name + ".UTF-8")
                print(locale.format_string("%.2f", 9876.5, grouping=True), calendar.month_name[8])
            print(os.environ["LANG"])
            """)
        self.assertEqual(result.stderr, "")
        self.assertEqual(result.stdout.replace("\u202f", " ").replace("\xa0", " ").splitlines(), [
            "9,876.50 August", "9.876,50 August", "9 876,50 août", "9.876,50 Ağustos", "9 876,50 августа", "9,876.50 8月", "C.UTF-8"])

    def test_time_zones_and_the_names_of_machine_and_user(self) -> None:
        result = execute("""
            import getpass, os, platform, socket, time, uuid, zoneinfo
            import pandas as pd
            os.environ["TZ"] = "Australia/Sydney"
            time.tzset()
            print(time.tzname[0], len(zoneinfo.available_timezones()) > 400)
            print(pd.Timestamp("2025-10-26 00:30", tz="UTC").tz_convert("Europe/Paris").isoformat())
            print(uuid.uuid1().version, getpass.getuser(), bool(platform.platform() and socket.gethostname()))
            """)
        self.assertEqual((result.stdout, result.stderr), ("AEST True\n2025-10-26T02:30:00+02:00\n1 sandbox True\n", ""))


class DescriptionTest(unittest.TestCase):
    def test_it_says_what_there_is(self) -> None:
        told = description()
        with Sandbox() as sandbox:
            ready = sandbox.expect("R")
        self.assertEqual((told["protocol"], told["python"], told["kind"]), (ready["protocol"], ready["python"], "standard"))
        packages = {package["name"]: package["version"] for package in told["packages"]}
        for name in ("numpy", "pandas", "opencv", "plotly", "statsmodels", "scikit-image", "python-docx"):
            self.assertRegex(packages[name], r"^\d+(\.\d+)+$", name)
        tools = {tool["name"]: tool["version"] for tool in told["tools"]}
        self.assertRegex(tools["node"], r"^24\.")
        self.assertLessEqual({"ffmpeg", "jq", "dot", "pdftotext", "tesseract", "sqlite3", "bash"}, set(tools))
        self.assertLessEqual({"SimHei", "Arial", "Noto Sans Tamil", "DejaVu Sans"}, set(told["fonts"]))
        self.assertLessEqual({f"{name}.UTF-8" for name in LOCALES}, set(told["locales"]))
        self.assertEqual(told["languages"], ["python", "bash", "javascript", "typescript"])

    def test_versions_are_those_that_the_packages_say(self) -> None:
        packages = {package["name"]: package["version"] for package in description()["packages"]}
        result = execute("import numpy, pandas, matplotlib, cv2, plotly\n"
                         "for module in (numpy, pandas, plotly, cv2): print(module.__version__)")
        self.assertEqual(result.stdout.split(), [packages[name] for name in ("numpy", "pandas", "plotly", "opencv")])

    def test_labels_say_where_it_comes_from(self) -> None:
        labels = json.loads(subprocess.run(
            ["docker", "image", "inspect", "--format", "{{json .Config.Labels}}", IMAGE], capture_output=True, check=True).stdout)
        told = description()
        for name in ("version", "revision", "created"):
            self.assertEqual(labels[f"org.opencontainers.image.{name}"], told[name])
            self.assertTrue(told[name])

    def test_the_image_is_not_larger_than_it_is_said_to_be(self) -> None:
        size = int(subprocess.run(["docker", "image", "inspect", "--format", "{{.Size}}", IMAGE], capture_output=True, check=True).stdout)
        self.assertLess(size, 3_600_000_000 if os.uname().machine == "x86_64" else 4_500_000_000)
