"""The libraries of the data profile work in the forked child."""

import json
import unittest

from tests.container.sandbox import Sandbox, execute

PNG = b"\x89PNG\r\n\x1a\n"


def run(code: str, profile: str = "data", **request):
    result = execute(code, profile, **request)
    if result.exit["exit_code"] != 0:
        raise AssertionError(f"{result.exit}\n{result.stderr}")
    return result


class ProfileTest(unittest.TestCase):
    def test_each_profile_says_what_it_is(self) -> None:
        for profile in ("lean", "bare", "data"):
            with Sandbox(profile) as sandbox:
                ready = sandbox.expect("R")
                self.assertEqual((ready["protocol"], ready["profile"], ready["python"][:4]), (1, profile, "3.14"))

    def test_an_unknown_profile_is_a_failure(self) -> None:
        with Sandbox("gpu") as sandbox:
            self.assertIn("profile", sandbox.expect("!")["message"])
            self.assertNotEqual(sandbox.process.wait(30), 0)

    def test_preloading_leaves_nothing_to_see(self) -> None:
        result = run("import os, threading, sys\nimport matplotlib.pyplot as plt\n"
                     "print(plt.get_fignums(), threading.active_count(), len(os.listdir('/proc/self/task')), os.listdir('.'), "
                     "os.listdir('/tmp'),"
                     " [n for n in os.listdir('/home/sandbox') if n not in ('.code', '.config')])")
        self.assertEqual((result.stdout, result.stderr), ("[] 1 1 [] [] []\n", ""))

    def test_bare_can_import_everything_too(self) -> None:
        result = run("import pandas, matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint(pandas.Series([1]).sum())", "bare")
        self.assertEqual((result.stdout, result.stderr, list(result.files)), ("1\n", "", ["figure-1.png"]))


class LibrariesTest(unittest.TestCase):
    def test_every_format_is_written_and_read_back(self) -> None:
        result = run(
            "import pandas as pd\ndf = pd.DataFrame({'x': [1, 2], 'y': ['a', 'ü']})\n"
            "df.to_csv('t.csv', index=False); df.to_csv('t.tsv', sep='\\t', index=False); df.to_excel('t.xlsx', index=False)\n"
            "df.to_parquet('t.parquet'); df.to_feather('t.feather'); df.to_hdf('t.h5', key='t')\n"
            "for name in ('t.csv', 't.tsv', 't.xlsx', 't.parquet', 't.feather', 't.h5'):\n"
            "    print(name, load_file(name).equals(df))\n")
        self.assertEqual(result.stdout.split()[1::2], ["True"] * 6, result.stdout)
        self.assertEqual(set(result.files), {"t.csv", "t.tsv", "t.xlsx", "t.parquet", "t.feather", "t.h5"})

    def test_linear_algebra_and_learning_in_parallel(self) -> None:
        result = run(
            "import numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import cross_val_score\n"
            "a = np.random.rand(1500, 1500)\nprint(np.allclose((a @ a)[0, 0], a[0] @ a[:, 0]))\n"
            "x = np.random.rand(200, 4); y = x[:, 0] > 0.5\n"
            "print(RandomForestClassifier(20, n_jobs=2).fit(x, y).score(x, y) > 0.9)\n"
            "print(cross_val_score(RandomForestClassifier(5), x, y, cv=3, n_jobs=2).mean() > 0.5)\n", wall_time_seconds=40)
        self.assertEqual((result.stdout, result.stderr), ("True\nTrue\nTrue\n", ""))

    def test_other_libraries_import_and_work(self) -> None:
        result = run(
            "import bs4, docx, h5py, jinja2, joblib, lxml.etree, openpyxl, PIL.Image, pypdf, requests, scipy.stats, seaborn, sympy, "
            "tables, yaml\n"
            "from reportlab.pdfgen import canvas\nc = canvas.Canvas('a.pdf'); c.drawString(9, 9, 'hi'); c.save()\n"
            "docx.Document().save('a.docx')\nprint(sympy.integrate('x'), len(pypdf.PdfReader('a.pdf').pages))\n"
            "import pandas as pd\nprint(pd.DataFrame({'a': [1]}).to_markdown())\n"
            "with h5py.File('a.h5', 'w') as f: f['x'] = [1]\n"
            "left_open = h5py.File('open.h5', 'w'); left_open['x'] = [1, 2]\n")
        self.assertEqual(set(result.files), {"a.pdf", "a.docx", "a.h5", "open.h5"})
        self.assertGreater(len(result.files["open.h5"]), 1000)

    def test_a_time_zone_is_known(self) -> None:
        names = ["Europe/Paris", "US/Eastern"]
        code = f"import zoneinfo\nprint(*map(zoneinfo.ZoneInfo, {names}))"
        self.assertEqual(run(code, "bare").stdout, " ".join(names) + "\n")


class FiguresTest(unittest.TestCase):
    def test_show_saves_every_figure_once_and_overwrites_nothing(self) -> None:
        result = run(
            "import os\nimport matplotlib.pyplot as plt\nopen('figure-2.png', 'w').write('mine')\nos.mkdir('d'); os.chdir('d')\n"
            "plt.plot([1, 2]); plt.figure(); plt.bar([1], [2]); plt.show()\nprint(plt.get_fignums())\nplt.show()\n"
            "fig, ax = plt.subplots(); ax.plot([3]); fig.show()\n")
        self.assertEqual((result.stdout, result.stderr), ("[]\n", ""))
        self.assertEqual(set(result.files), {"figure-1.png", "figure-2.png", "figure-3.png", "figure-4.png"})
        self.assertEqual(result.files.pop("figure-2.png"), b"mine")
        for data in result.files.values():
            self.assertTrue(data.startswith(PNG))


class LoadFileTest(unittest.TestCase):
    def test_by_id_as_the_type_it_has(self) -> None:
        from_json = json.dumps({"a": 1}).encode()
        result = run(
            "print(len(load_file('u_1_a')), load_file('u_1_b'), load_file('u_1_c'), load_file('u_1_d'))\n"
            "import numpy as np, yaml\nnp.save('n.npy', np.arange(3)); np.savez('n.npz', x=np.arange(2))\n"
            "print(load_file('n.npy').sum(), list(load_file('n.npz')))\n"
            "from PIL import Image\nImage.new('RGB', (3, 2)).save('i.png'); print(load_file('i.png').size)\n"
            "try: load_file('u_1_z')\nexcept FileNotFoundError as error: print(error)\n",
            files=(("a.csv", "u_1_a", b"x,y\n1,2\n3,4\n"), ("b.json", "u_1_b", from_json), ("c.yaml", "u_1_c", b"k: [1]\n"),
                   ("d.bin", "u_1_d", b"\0\1")))
        lines = result.stdout.splitlines()
        self.assertEqual(lines[:3], ["2 {'a': 1} {'k': [1]} b'\\x00\\x01'", "3 ['x']", "(3, 2)"])
        self.assertIn("a.csv (id u_1_a)", lines[3])

    def test_what_offices_make_is_read_and_assumptions_are_on_stderr(self) -> None:
        result = run(
            "df = load_file('u_1_a')\nprint(list(df), df.Betrag.sum(), df.attrs['load_file']['encoding'])\n"
            "print(load_file('donn\u00e9es.txt'), load_file_path('u_1_b'))\n"
            "try: load_file('u_1_a', separator=';')\nexcept TypeError as error: print('sep' in str(error))\n",
            files=(("umsatz.csv", "u_1_a", "Straße;Betrag\r\nÖlmühlgasse 2;1.012,50\r\nAm Wall 7;7,00\r\n".encode("cp1252")),
                   ("donne\u0301es.txt", "u_1_b", "Größe".encode("cp1252"))))
        self.assertEqual(result.stdout, "['Straße', 'Betrag'] 1019.5 cp1252\nGröße /mnt/data/donne\u0301es.txt\nTrue\n")
        self.assertEqual(result.stderr.splitlines(), [
            "load_file: umsatz.csv: read as Windows-1252 (Western Europe); delimiter ';'; decimal comma. If that is wrong, "
            "pass encoding=, sep=, decimal=",
            "load_file: donne\u0301es.txt: read as Windows-1252 (Western Europe); where that is wrong, pass encoding="])

    def test_it_is_there_in_worker_processes(self) -> None:
        result = run("import multiprocessing\ndef f(name): return load_file(name)\n"
                     "if __name__ == '__main__':\n    with multiprocessing.Pool(1) as pool: print(pool.map(f, ['a.txt', 'id']))",
                     "bare", files=(("a.txt", "id", b"text"),))
        self.assertEqual(result.stdout, "['text', 'text']\n")
