"""
Maps the fonts that programs expect to free ones, in matplotlib, in fontconfig and by file name, and writes matplotlib's list of fonts.

    fonts.py FOLDER_OF_THE_LIST
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

# The first one that the image has stands in for the names.
STAND_INS = (
    (("Liberation Sans", "DejaVu Sans"), ("Arial", "Helvetica", "Helvetica Neue", "Calibri", "Segoe UI", "Arial Unicode MS")),
    (("Liberation Serif", "DejaVu Serif"), ("Times New Roman", "Times", "Cambria", "Georgia")),
    (("Liberation Mono", "DejaVu Sans Mono"), ("Courier New", "Courier", "Consolas", "Menlo", "Monaco")),
    (("DejaVu Sans",), ("Verdana", "Tahoma", "Bitstream Vera Sans", "Lucida Grande")),
    (("WenQuanYi Micro Hei",), (
        "SimHei", "SimSun", "NSimSun", "FangSong", "KaiTi", "Microsoft YaHei", "Microsoft JhengHei", "MingLiU", "PMingLiU", "PingFang SC",
        "PingFang TC", "PingFang HK", "Heiti SC", "Heiti TC", "STHeiti", "STSong", "Songti SC", "Hiragino Sans GB", "Hiragino Sans",
        "Hiragino Kaku Gothic Pro", "Hiragino Kaku Gothic ProN", "Hiragino Mincho ProN", "Noto Sans CJK SC", "Noto Sans CJK TC",
        "Noto Sans CJK HK", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR",
        "Noto Serif CJK SC", "Noto Serif CJK JP", "Source Han Sans SC", "Source Han Sans CN", "Source Han Sans JP", "WenQuanYi Zen Hei",
        "MS Gothic", "MS PGothic", "MS Mincho", "Meiryo", "Yu Gothic", "Yu Mincho", "IPAGothic", "IPAPGothic", "IPAexGothic", "TakaoGothic",
        "TakaoPGothic", "VL Gothic", "VL PGothic", "Malgun Gothic", "Apple SD Gothic Neo", "AppleGothic", "NanumGothic", "NanumBarunGothic",
        "Batang", "Gulim", "Dotum")),
    (("Symbola",), ("Segoe UI Emoji", "Apple Color Emoji", "Noto Color Emoji", "Noto Emoji", "Segoe UI Symbol")),
)
# File names without their style.
FACES = {
    "LiberationSans": ("arial", "Arial", "helvetica", "Helvetica", "calibri", "segoeui"),
    "LiberationSerif": ("times", "Times", "Times New Roman", "timesnewroman", "cambria", "georgia"),
    "LiberationMono": ("cour", "Courier", "Courier New", "couriernew", "consola"),
}
STYLES = (("Regular", ("",)), ("Bold", ("bd", "b", " Bold", "_Bold", "-Bold")), ("Italic", ("i", " Italic", "_Italic", "-Italic")),
          ("BoldItalic", ("bi", "z", " Bold Italic", "_Bold_Italic", "-BoldItalic")))
# File names for which one file is enough.
FILES = {
    "wqy-microhei.ttc": (
        "simhei.ttf", "SimHei.ttf", "simsun.ttc", "simsun.ttf", "simkai.ttf", "msyh.ttc", "msyh.ttf", "msyhbd.ttc", "msjh.ttc",
        "PingFang.ttc", "STHeiti Medium.ttc", "msgothic.ttc", "meiryo.ttc", "YuGothM.ttc", "malgun.ttf", "malgunbd.ttf", "gulim.ttc",
        "NanumGothic.ttf", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf",
        "wqy-zenhei.ttc"),
    "DejaVuSans.ttf": ("verdana.ttf", "Verdana.ttf", "tahoma.ttf", "Tahoma.ttf", "Vera.ttf"),
    "DejaVuSans-Bold.ttf": ("verdanab.ttf", "tahomabd.ttf"),
    "Symbola_hint.ttf": ("Symbola.ttf", "seguiemj.ttf", "seguisym.ttf"),
}
FONTS = Path("/usr/share/fonts")
LINKS = FONTS / "truetype/stand-ins"
FONTCONFIG = Path("/etc/fonts/conf.d/29-sandbox-stand-ins.conf")
TEXT = Path("/usr/lib/python3/dist-packages/matplotlib/text.py")
HOOK = "\n\nfrom code_interpreter import letters as _letters\n_letters.install(Text)\n"


def main(list_folder: str) -> None:
    link_files()
    os.environ["MPLCONFIGDIR"] = list_folder
    stand_ins = make_list()
    FONTCONFIG.write_text(fontconfig(stand_ins))
    if not TEXT.read_text().endswith(HOOK):
        TEXT.write_text(TEXT.read_text() + HOOK)


def link_files() -> None:
    """Programs that open a font by its file name find it by walking over the folders of fonts."""
    found = {path.name: path for path in FONTS.rglob("*.tt[fc]") if LINKS not in path.parents}
    LINKS.mkdir(exist_ok=True)
    wanted = {f"{name}{suffix}.ttf": f"{file}-{style}.ttf"
              for file, names in FACES.items() for name in names for style, suffixes in STYLES for suffix in suffixes}
    wanted |= {name: file for file, names in FILES.items() for name in names}
    for name, file in wanted.items():
        if file in found and name not in found and not (LINKS / name).is_symlink():
            (LINKS / name).symlink_to(found[file])


def make_list() -> dict[str, str]:
    """Makes matplotlib's list, with the stand-ins under the names they stand in for; returns which is which."""
    from matplotlib import font_manager, get_cachedir
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if not font.fname.startswith(f"{LINKS}/")]
    by_name = {font.name: [] for font in manager.ttflist}
    for font in manager.ttflist:
        by_name[font.name].append(font)
    stand_ins = {}
    for fonts, names in STAND_INS:
        font = next((name for name in fonts if name in by_name), None)
        for name in names if font else ():
            if name not in by_name:
                stand_ins[name] = font
                manager.ttflist.extend(replace(entry, name=name) for entry in by_name[font])
    font_manager.json_dump(manager, Path(get_cachedir(), f"fontlist-v{manager.__version__}.json"))
    return stand_ins


def fontconfig(stand_ins: dict[str, str]) -> str:
    aliases = "".join(
        f'  <alias binding="same"><family>{escape(name)}</family><prefer><family>{escape(font)}</family></prefer></alias>\n'
        for name, font in stand_ins.items())
    return f'<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n{aliases}</fontconfig>\n'


if __name__ == "__main__":
    main(sys.argv[1])
