"""What libraries of the standard image show comes back as files."""

import unittest

from tests.container.sandbox import Result, execute

PNG = b"\x89PNG\r\n\x1a\n"


def run(code: str, profile: str = "bare", **request) -> Result:
    return execute(code, profile, memory="2g", wall_time_seconds=60, **request)


class PlotlyTest(unittest.TestCase):
    def test_a_chart_is_a_page_that_needs_no_network(self) -> None:
        for show in ("fig.show()", "fig.show(renderer='browser')", "import plotly.io\nplotly.io.show(fig)", "display(fig)"):
            with self.subTest(show):
                result = run(f"import plotly.graph_objects as go\nfig = go.Figure(go.Bar(y=[1, 2], name='unmistakable'))\n{show}")
                self.assertEqual((result.stdout, result.exit["exit_code"]), ("", 0), result.stderr)
                page = result.files["chart-1.html"]
                self.assertIn(b"unmistakable", page)
                self.assertGreater(len(page), 1_000_000)
                self.assertNotIn(b'<script src="http', page)

    def test_it_is_the_value_of_a_last_expression(self) -> None:
        result = run("import plotly.express as px\npx.line(x=[1, 2], y=[3, 4])", options={"echo": True})
        self.assertEqual((result.stdout, "chart-1.html" in result.files), ("", True))

    def test_a_loop_of_charts_does_no_harm(self) -> None:
        result = run("import plotly.graph_objects as go\nfig = go.Figure()\nfor _ in range(1000): fig.show()\nprint('done')")
        self.assertEqual((result.stdout, len([name for name in result.files if name.endswith(".html")])), ("done\n", 12))
        self.assertIn("note: chart-12.html is the last chart that was saved: the others were discarded\n", result.stderr)


class IPythonTest(unittest.TestCase):
    def test_its_display_shows_files_and_text(self) -> None:
        result = run(
            "from IPython.display import HTML, Image, Latex, Markdown, SVG, clear_output, display\nimport IPython, pandas as pd\n"
            "from PIL import Image as Pillow\n"
            "Pillow.new('L', (3, 3)).save('x.png')\ndisplay(pd.DataFrame({'a': [1]}), HTML('<b>é</b>'), Markdown('# hi'), Latex('$x$'), "
            "Image('x.png'),"
            " Image(filename='x.png', width=5), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))\nclear_output(wait=True)\n"
            "IPython.display.display(2)\nprint(IPython.get_ipython())")
        self.assertEqual((result.stdout, result.stderr), ("   a\n0  1\n# hi\n$x$\n2\nNone\n", ""))
        self.assertEqual(set(result.files), {"x.png", "display-1.html", "display-1.png", "display-2.png", "display-1.svg"})
        self.assertEqual(result.files["display-1.html"].decode(), "<b>é</b>")
        self.assertEqual({result.files[name] for name in ("display-1.png", "display-2.png")}, {result.files["x.png"]})

    def test_the_backend_of_notebooks_saves(self) -> None:
        for name in ("inline", "module://matplotlib_inline.backend_inline", "widget"):
            with self.subTest(name):
                result = run(f"import matplotlib\nmatplotlib.use('{name}')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()")
                self.assertEqual((list(result.files), result.exit["exit_code"]), (["figure-1.png"], 0), result.stderr)


class OpenCvTest(unittest.TestCase):
    def test_windows_are_files_and_loops_end(self) -> None:
        result = run(
            "import cv2, numpy as np\nimage = np.zeros((10, 20, 3), 'uint8')\ncv2.namedWindow('w')\nwhile True:\n"
            "    cv2.imshow('w', image)\n"
            "    if cv2.waitKey(1) & 0xFF == ord('q'): break\nwhile True:\n    cv2.imshow('w', image / 255)\n"
            "    if cv2.waitKey(0) == 27: break\ncv2.destroyAllWindows()")
        self.assertEqual((set(result.files), result.stderr), ({"image-1.png", "image-2.png"}, ""))
        self.assertTrue(result.files["image-1.png"].startswith(PNG))
