"""What code shows, other than through matplotlib: images, charts, tables, and `display` of any of them."""

import unittest

from tests.container.sandbox import Result, execute

PNG = b"\x89PNG\r\n\x1a\n"


def echo(code: str, profile: str = "data") -> Result:
    return execute(code, profile, options={"echo": True})


class ImageTest(unittest.TestCase):
    def test_images_of_every_mode_are_shown(self) -> None:
        result = execute(
            "from PIL import Image\n"
            "modes = ('1', 'L', 'LA', 'P', 'PA', 'RGB', 'RGBA', 'RGBX', 'CMYK', 'YCbCr', 'HSV', 'LAB', 'I', 'I;16', 'F', 'La', 'RGBa')\n"
            "for mode in modes: Image.new(mode, (9, 7)).show()\n"
            "print(len(modes), [Image.open(f'image-{n}.png').size for n in range(1, len(modes) + 1)].count((9, 7)))", "bare")
        self.assertEqual((result.stdout, result.stderr), ("17 17\n", ""))
        self.assertTrue(all(data.startswith(PNG) for data in result.files.values()))

    def test_a_loop_of_images_ends_with_a_word(self) -> None:
        result = execute("from PIL import Image\nimage = Image.new('L', (2, 2))\nfor _ in range(10_000): image.show()", "bare")
        self.assertEqual((len(result.files), result.stderr),
                         (100, "note: image-100.png is the last image that was saved: the others were discarded\n"))


class SympyTest(unittest.TestCase):
    def test_a_plot_is_one_picture(self) -> None:
        result = execute("from sympy import plot, sin, symbols\nx = symbols('x')\nplot(sin(x), (x, 0, 6))", "bare")
        self.assertEqual((list(result.files), result.stderr), (["figure-1.png"], ""))
        result = execute("from sympy import symbols\nfrom sympy.plotting import plot3d\nx, y = symbols('x y')\n"
                         "p = plot3d(x * y, show=False)\np.save('a.png')")
        self.assertEqual((list(result.files), result.stderr), (["a.png"], ""))


class DisplayTest(unittest.TestCase):
    def test_text_is_printed_and_pictures_are_saved(self) -> None:
        result = execute(
            "import pandas as pd, matplotlib.pyplot as plt\nfrom PIL import Image\nfigure = plt.figure(); plt.plot([1])\n"
            "display(pd.DataFrame({'town': ['Köln'], 'n': [8]}), figure, Image.new('L', (3, 3)))\ndisplay({'a': 1}, 'text')\n"
            "print('after')")
        self.assertEqual(result.stdout, "   town  n\n0  Köln  8\n{'a': 1}\n'text'\nafter\n")
        self.assertEqual((set(result.files), result.stderr), ({"figure-1.png", "image-1.png"}, ""))

    def test_it_is_there_without_a_preload_and_in_programs_that_are_started(self) -> None:
        result = execute("import subprocess, sys\ndisplay(1)\nsubprocess.run([sys.executable, '-c', 'display(2)'])", "bare")
        self.assertEqual((result.stdout, result.stderr), ("1\n2\n", ""))

    def test_the_methods_of_notebooks_are_asked(self) -> None:
        result = execute(
            "import seaborn.objects as so\n"
            "class Svg:\n    def _repr_svg_(self): return '<svg/>'\nclass Page:\n    def _repr_html_(self): return '<b>é</b>'\n"
            "class Both(Page):\n    def __repr__(self): return 'both'\nclass Bundle:\n"
            "    def _repr_mimebundle_(self, **_): return {'image/png': b'png', 'text/plain': 'x'}\n"
            "class Liar:\n    def __getattr__(self, name): return lambda *_: b'lie'\n    def __repr__(self): return 'liar'\n"
            "class Broken:\n    def _repr_png_(self): 1 / 0\n    def __repr__(self): return 'broken'\n"
            "display(Svg(), Page(), Both(), Bundle(), Liar(), Broken(), so.Plot([1, 2], [3, 4]).add(so.Line()), Svg)")
        self.assertEqual((result.stdout, result.stderr), ("both\nliar\nbroken\n<class '__main__.Svg'>\n", ""))
        self.assertEqual({name: data[:8] for name, data in result.files.items()},
                         {"display-1.svg": b"<svg/>", "display-1.html": "<b>é</b>"[:8].encode()[:8], "display-1.png": b"png",
                          "display-2.png": PNG})

    def test_a_name_of_the_code_comes_first(self) -> None:
        self.assertEqual(execute("def display(x): print('mine', x)\ndisplay(1)").stdout, "mine 1\n")

    def test_an_error_in_it_points_at_the_line_of_the_code(self) -> None:
        frames = execute("class A:\n    def __repr__(self): 1 / 0\ndisplay(A())").exit["exception"]["frames"]
        self.assertEqual([(frame["file"], frame["line"]) for frame in frames][0], ("main.py", 3))


class EchoTest(unittest.TestCase):
    def test_a_last_expression_that_is_a_picture_is_one(self) -> None:
        cases = {
            "import matplotlib.pyplot as plt\nf = plt.figure(); plt.plot([1])\nf": ("", {"figure-1.png"}),
            "import matplotlib.pyplot as plt\nplt.plot([1]); f = plt.gcf(); plt.show()\n"
            "f": ("<Figure size 640x480 with 1 Axes>\n", {"figure-1.png"}),
            "from PIL import Image\nImage.new('L', (2, 2))": ("", {"image-1.png"}),
            "import pandas as pd\npd.DataFrame({'x': [1, 2]}).plot().figure": ("", {"figure-1.png"}),
            "1 + 1": ("2\n", set()),
        }
        for code, (stdout, names) in cases.items():
            with self.subTest(code):
                result = echo(code)
                self.assertEqual((result.stdout, set(result.files), result.stderr), (stdout, names, ""))

    def test_without_echo_it_is_not(self) -> None:
        self.assertEqual(execute("from PIL import Image\nImage.new('L', (2, 2))", "bare").files, {})
