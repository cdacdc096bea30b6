"""Writes what an image has into a file: data for the runner, for prompts, and for docs/sandbox-image.md."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

SANDBOX = Path("/opt/sandbox")
TOOLS = (
    "bash", "bc", "dot", "ffmpeg", "file", "gawk", "jq", "mawk", "node", "pdftotext", "pdftoppm", "python3", "sqlite3",
    "tesseract", "unzip",
    "xz", "zip")


def describe(environment: dict[str, str]) -> dict[str, Any]:
    """What the image has. KIND, VERSION, REVISION and CREATED come from `environment`, or else from an earlier description."""
    return {
        "protocol": _protocol(),
        "kind": environment.get("KIND") or "own",
        "version": environment.get("VERSION", ""),
        "revision": environment.get("REVISION", ""),
        "created": environment.get("CREATED") or None,
        "packages_from": _packages_from(),
        "python": "{}.{}.{}".format(*sys.version_info),
        "languages": _languages(),
        "packages": _python_packages(),
        "tools": _tools(),
        "fonts": _fonts(),
        "locales": _locales(),
        "missing": _missing(),
    }


def _protocol() -> int:
    """The version that the supervisor speaks, as its source has it."""
    source = Path("/opt/supervisor/service.py").read_text()
    return int(re.search(r"^_PROTOCOL = (\d+)$", source, re.MULTILINE).group(1))


def _languages() -> list[str]:
    sys.path.insert(0, "/opt")
    from supervisor.languages import NAMES
    return list(NAMES)


def _packages_from() -> str:
    try:
        return (SANDBOX / "packages.date").read_text().strip()
    except FileNotFoundError:
        return ""


def _python_packages() -> list[dict[str, str]]:
    """By their own word; by Debian's where they say nothing."""
    found = {}
    for package in distributions():
        if package.name:
            found[_plain(package.name)] = (package.name, _upstream(package.version))
    for package in _asked_for():
        version = _debian_packages(package).get(package)
        if package.startswith("python3-") and version and not _has_metadata(package):
            name = package.removeprefix("python3-")
            found.setdefault(_plain(name), (name, version))
    return [{"name": name, "version": version} for _, (name, version) in sorted(found.items())]


def _asked_for() -> list[str]:
    """The Debian packages of the lists that the image was made of."""
    lines = [line.partition("#")[0].strip() for file in sorted(SANDBOX.glob("*.packages")) for line in file.read_text().splitlines()]
    return [line for line in lines if line]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _debian_packages(pattern: str) -> dict[str, str]:
    lines = _run("dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\t${binary:Package}\t${Version}\n", pattern).splitlines()
    parts = [line.split("\t") for line in lines if line.startswith("ii")]
    return {name.partition(":")[0]: _upstream(version) for _, name, version in parts}


def _upstream(version: str) -> str:
    """1:2.3.4+dfsg-5 is 2.3.4."""
    return re.sub(r"[+~](dfsg|ds|repack|really|b\d|cs).*$", "", re.sub(r"-[^-]*$", "", version.split(":")[-1]))


def _has_metadata(package: str) -> bool:
    """Also true of a package without any module, such as one that only pulls others in."""
    files = _run("dpkg", "--listfiles", package)
    return "dist-packages/" not in files or re.search(r"\.(dist|egg)-info(/|$)", files, re.MULTILINE) is not None


def _tools() -> list[dict[str, str]]:
    found = []
    for name in TOOLS:
        path = shutil.which(name)
        if path is not None:
            package = _run("dpkg-query", "--search", os.path.realpath(path)).split(":")[0]
            found.append({"name": name, "version": _debian_packages(package)[package]})
    return found


def _fonts() -> list[str]:
    """Names that code may ask for, those that another font stands in for among them."""
    from matplotlib.font_manager import fontManager
    return sorted({font.name for font in fontManager.ttflist})


def _locales() -> list[str]:
    """Under the names that programs ask for; each is there in UTF-8."""
    return [name.replace(".utf8", ".UTF-8") for name in _run("locale", "--all-locales").split() if name.endswith(".utf8")]


def _missing() -> list[dict[str, str]]:
    try:
        return json.loads((SANDBOX / "missing.json").read_text())
    except FileNotFoundError:
        return []


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(describe(dict(os.environ)), indent=1, ensure_ascii=False) + "\n")
