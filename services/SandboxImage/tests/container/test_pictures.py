"""Whatever code draws comes back as a file, once, whichever backend it asks for."""

import io
import struct
import unittest
import zlib

from tests.container.sandbox import Result, execute

PNG = b"\x89PNG\r\n\x1a\n"
DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\n"


def run(code: str, profile: str = "data", **request) -> Result:
    # Imports take long where others keep the machine busy.
    return execute(code, profile, **{"wall_time_seconds": 50, **request})


def size_of(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


class PictureTest(unittest.TestCase):
    def assert_pictures(self, result: Result, *names: str) -> None:
        self.assertEqual((result.stderr, result.exit["exit_code"]), ("", 0))
        self.assertEqual(set(result.files), set(names))
        for name in names:
            self.assertTrue(result.files[name].startswith(PNG), name)


class BackendTest(PictureTest):
    def test_show_saves_under_every_backend(self) -> None:
        for backend in ("Agg", "TkAgg", "Qt5Agg", "QtAgg", "GTK3Agg", "WebAgg", "nbAgg", "MacOSX", "inline", "widget", "svg", "pdf"):
            with self.subTest(backend):
                self.assert_pictures(run(f"import matplotlib\nmatplotlib.use('{backend}')\n{DRAW}plt.show()"), "figure-1.png")

    def test_it_does_so_however_the_backend_is_chosen_and_in_both_profiles(self) -> None:
        ways = {
            "use": "import matplotlib\nmatplotlib.use('TkAgg')\n" + DRAW,
            "use, after pyplot": "import matplotlib.pyplot as plt, matplotlib\nmatplotlib.use('Agg', force=True)\n" + DRAW,
            "switch_backend": "import matplotlib.pyplot as plt\nplt.switch_backend('Qt5Agg')\n" + DRAW,
            "switch_backend, with a figure open": DRAW + "plt.switch_backend('agg')\n",
            "the environment": "import os\nos.environ['MPLBACKEND'] = 'Agg'\n" + DRAW,
            "the settings": "import matplotlib\nmatplotlib.rcParams['backend'] = 'TkAgg'\n" + DRAW,
            "seaborn": "import seaborn\nseaborn.set_theme()\n" + DRAW,
        }
        for profile in ("bare", "data"):
            for way, code in ways.items():
                with self.subTest(way, profile=profile):
                    self.assert_pictures(run(code + "plt.show()", profile), "figure-1.png")

    def test_the_name_of_the_backend_is_the_one_that_was_chosen(self) -> None:
        result = run("import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.figure()\n"
                     "print(matplotlib.get_backend())")
        self.assertEqual((result.stdout.lower(), result.files), ("tkagg\n", {}))

    def test_a_backend_of_the_code_s_own_is_left_alone(self) -> None:
        own = (b"from matplotlib.backend_bases import FigureManagerBase\nfrom matplotlib.backends.backend_agg import FigureCanvasAgg\n"
               b"class FigureManager(FigureManagerBase):\n    @classmethod\n    def pyplot_show(cls, **options): print('mine')\n"
               b"class FigureCanvas(FigureCanvasAgg): manager_class = FigureManager\n")
        result = run(f"import matplotlib\nmatplotlib.use('module://own')\n{DRAW}plt.show()", files=(("own.py", "id", own),))
        self.assertEqual((result.stdout, result.stderr, result.files), ("mine\n", "", {}))

    def test_a_program_that_is_started_has_it_too(self) -> None:
        script = f"import matplotlib\nmatplotlib.use('Agg')\n{DRAW}".encode()
        code = "import subprocess, sys\nsubprocess.run([sys.executable, 'plot.py'], check=True)"
        self.assert_pictures(run(code, "bare", files=(("plot.py", "id", script),)), "figure-1.png")

    def test_figures_without_pyplot_can_be_shown(self) -> None:
        self.assert_pictures(
            run("from matplotlib.figure import Figure\nfigure = Figure()\nfigure.subplots().plot([1, 2])\nfigure.show()"), "figure-1.png")

    def test_programs_that_plot_nothing_import_nothing_for_it(self) -> None:
        result = run("import sys, json, threading\nprint(*sorted(name for name in sys.modules if name.startswith('code_interpreter.')))",
                     "bare")
        self.assertEqual(result.stdout, "code_interpreter.builtin code_interpreter.hooks code_interpreter.script\n")


class OpenFigureTest(PictureTest):
    def test_what_is_open_at_the_end_is_saved_once(self) -> None:
        ends = {"": 0, "raise SystemExit(3)": 3, "1 / 0": 1, "raise KeyboardInterrupt": None,
                "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()": 0}
        for profile in ("bare", "data"):
            for end, status in ends.items():
                with self.subTest(end, profile=profile):
                    result = run(DRAW + "plt.figure(); plt.bar([1], [2])\n" + end, profile)
                    self.assertEqual((result.exit["exit_code"], set(result.files)), (status, {"figure-1.png", "figure-2.png"}),
                                     result.stderr)

    def test_pandas_and_seaborn_draw_into_such_figures(self) -> None:
        self.assert_pictures(run("import pandas as pd\npd.DataFrame({'x': [1, 3], 'y': [2, 5]}).plot(x='x', y='y')"), "figure-1.png")
        self.assert_pictures(run("import seaborn as sns\nsns.lineplot(x=[1, 2], y=[3, 1])", "bare"), "figure-1.png")

    def test_what_was_shown_saved_or_closed_is_not_saved_again(self) -> None:
        cases = {
            "plt.savefig('a.png')": {"a.png"}, "plt.gcf().savefig('a.pdf')": {"a.pdf"}, "plt.show()": {"figure-1.png"},
            "plt.gcf().show()": {"figure-1.png"},
            "import io\nplt.savefig(io.BytesIO())": set(), "plt.close()": set(),
            "plt.show()\nplt.savefig('empty.png')": {"figure-1.png", "empty.png"},
            "plt.switch_backend('svg')\nplt.figure()\nplt.plot([1])\nplt.savefig('a')": {"figure-1.png", "a.svg"},
            "plt.figure()": {"figure-1.png"},
        }
        for code, names in cases.items():
            with self.subTest(code):
                result = run(DRAW + code)
                self.assertEqual((set(result.files), result.exit["exit_code"]), (names, 0), result.stderr)

    def test_a_savefig_that_fails_has_saved_nothing(self) -> None:
        result = run(DRAW + "try: plt.savefig('no/such/folder.png')\nexcept OSError: pass")
        self.assert_pictures(result, "figure-1.png")

    def test_an_animation_by_hand_is_one_picture(self) -> None:
        steps = "plt.ion()\nline, = plt.plot([0, 1])\nfor step in range(30):\n    line.set_ydata([step, 1])\n    plt.pause(0.001)\n"
        for end in ("", "plt.close()", "plt.show(block=False)"):
            with self.subTest(end):
                self.assert_pictures(run("import matplotlib.pyplot as plt\n" + steps + end), "figure-1.png")

    def test_a_process_saves_what_it_has_drawn_itself(self) -> None:
        result = run(DRAW + "import os\nif os.fork() == 0:\n    plt.figure(); plt.plot([1])\n    raise SystemExit\nos.wait()")
        self.assert_pictures(result, "figure-1.png", "figure-2.png")
        workers = run("from multiprocessing import Pool\n" + DRAW + "def draw(n):\n"
                      "    plt.figure(); plt.plot([n]); plt.savefig(f'{n}.png'); plt.figure(); plt.plot([n])\n"
                      "pool = Pool(2)\npool.map(draw, range(3), chunksize=2)\npool.close(); pool.join()")
        self.assert_pictures(workers, "0.png", "1.png", "2.png", *(f"figure-{number}.png" for number in range(1, 5)))

    def test_one_that_cannot_be_drawn_costs_a_line(self) -> None:
        result = run("import matplotlib.pyplot as plt\nplt.title('$x^$')\nplt.figure(); plt.plot([1])\nprint('done')")
        self.assertEqual((result.stdout, result.exit["exit_code"], set(result.files)), ("done\n", 0, {"figure-1.png"}))
        self.assertRegex(result.stderr, r"\Anote: an open figure could not be saved: ValueError: .*\n\Z")

    def test_killed_code_has_saved_nothing(self) -> None:
        self.assertEqual(run(DRAW + "import os\nos._exit(0)").files, {})


class ExtentTest(PictureTest):
    def test_a_legend_beside_the_axes_is_in_the_picture(self) -> None:
        result = run("import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n"
                     "axes.plot([0, 1], label='a rather long label of a line')\n"
                     "axes.legend(bbox_to_anchor=(1.02, 1), loc='upper left', facecolor='#ff00ff', framealpha=1, edgecolor='#ff00ff')\n"
                     "plt.show()\n")
        width, height = size_of(result.files["figure-1.png"])
        self.assertGreater(width, 700)
        self.assertTrue(any(row[-9:] == b"\xff\xff\xff" * 3 and b"\xff\x00\xff" in row for row in rows_of(result.files["figure-1.png"])))

    def test_a_text_far_away_makes_no_endless_picture(self) -> None:
        result = run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.text(1e6, 1, 'lost')\nplt.show()")
        self.assert_pictures(result, "figure-1.png")
        self.assertEqual(size_of(result.files["figure-1.png"]), (640, 480))

    def test_a_huge_figure_is_drawn_smaller(self) -> None:
        result = run("import matplotlib.pyplot as plt\nplt.figure(figsize=(300, 300), dpi=200)\nplt.plot([1, 2])", memory="512m")
        self.assert_pictures(result, "figure-1.png")
        self.assertLess(max(size_of(result.files["figure-1.png"])), 6000)


class BudgetTest(unittest.TestCase):
    def test_ten_thousand_figures_do_no_harm(self) -> None:
        ways = {
            "shown": ("plt.figure(); plt.show()", 10_000, "figure-100.png is the last figure that was saved"),
            "shown and kept": ("f = plt.figure(1); f.show()", 10_000, "figure-100.png is the last figure that was saved"),
            "left open": ("plt.figure(figsize=(1, 1)).text(0, 0, 'x')", 2_000,
                          "more figures were open at the end|figure-100.png is the last figure"),
        }
        for way, (step, count, said) in ways.items():
            with self.subTest(way):
                result = run(f"import matplotlib.pyplot as plt\nplt.rcParams['figure.max_open_warning'] = 0\nfor _ in range({count}):\n"
                             f"    {step}\nprint('done')",
                             memory="512m")
                self.assertEqual((result.stdout, result.exit["exit_code"], result.exit["killed_by"]), ("done\n", 0, None), result.stderr)
                self.assertRegex(result.stderr, rf"\Anote: [^\n]*({said})[^\n]*\n\Z")
                self.assertLessEqual(len(result.files), 100)
                self.assertGreater(len(result.files), 10)


def rows_of(png: bytes) -> list[bytes]:
    """The pixels as red, green, blue; by a decoder of a few lines, as nothing but Python is here."""
    source, packed, width, height, step = io.BytesIO(png[8:]), b"", 0, 0, 4
    while head := source.read(8):
        length, kind = struct.unpack(">I4s", head)
        body = source.read(length + 4)[:length]
        if kind == b"IHDR":
            width, height, step = *struct.unpack(">II", body[:8]), 4 if body[9] == 6 else 3
        elif kind == b"IDAT":
            packed += body
    raw, before, rows = zlib.decompress(packed), bytes(width * step), []
    for start in range(0, len(raw), width * step + 1):
        mode, line = raw[start], bytearray(raw[start + 1:start + 1 + width * step])
        for at in range(len(line)):
            left, corner = (line[at - step], before[at - step]) if at >= step else (0, 0)
            line[at] = (line[at] + (0, left, before[at], (left + before[at]) // 2, _paeth(left, before[at], corner))[mode]) & 255
        before = bytes(line)
        rows.append(b"".join(before[at:at + 3] for at in range(0, len(before), step)))
    return rows


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
