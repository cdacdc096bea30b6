"""
Writes the generated part of docs/sandbox-image.md: what both images have, from their own descriptions, with their sizes and figures.

    python3 -m tests.docs PAGE SLIM_IMAGE STANDARD_IMAGE
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.measure import PROFILES, PROGRAMS, measure

BEGIN, END = "<!-- made by make sandbox-docs: begin -->", "<!-- made by make sandbox-docs: end -->"
ROUNDS = int(os.environ.get("ROUNDS", "9"))


def main(page: Path, images: list[str]) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    descriptions = {image: description(image) for image in images}
    parts = [figures(descriptions), *contents(*descriptions.values())]
    page.write_text(f"{before}{BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{END}{after}", encoding="utf-8")


def description(image: str) -> dict[str, Any]:
    return json.loads(_docker("run", "--rm", "--network", "none", "--entrypoint", "cat", image, "/opt/sandbox/environment.json"))


def figures(descriptions: dict[str, dict[str, Any]]) -> str:
    measured = measure(list(descriptions), ROUNDS)
    sizes = [int(_docker("image", "inspect", "--format", "{{.Size}}", image)) for image in descriptions]
    rows = {"size, GB": [f"{size / 1e9:.2f}" for size in sizes]}
    for label, name in (("{} sandbox: from `docker run` to ready, ms", "{} ready ms"), ("{} sandbox, warm: memory (PSS), MB", "{} MB")):
        for profile in PROFILES:
            rows[label.format(f"`{profile}`")] = [f"{statistics.median(measured[image][name.format(profile)]):.0f}"
                for image in descriptions]
    for name in PROGRAMS:
        rows[f"{name}, from the request to its end, ms"] = [f"{statistics.median(measured[image][f'{name} ms']):.1f}"
            for image in descriptions]
    kinds = [told["kind"] for told in descriptions.values()]
    lines = [f"| | {' | '.join(f'`{kind}`' for kind in kinds)} |", f"| --- |{' ---: |' * len(kinds)}"]
    return "\n".join(lines + [f"| {name} | {' | '.join(values)} |" for name, values in rows.items()])


def contents(slim: dict[str, Any], standard: dict[str, Any]) -> list[str]:
    names = {package["name"] for package in slim["packages"]}
    both = [package for package in standard["packages"] if package["name"] in names]
    more = [package for package in standard["packages"] if package["name"] not in names]
    return [
        f"Python {standard['python']}, Debian packages of {standard['packages_from'] or 'an unknown day'}.",
        "**Python packages of both images:** " + _versions(both),
        "**Python packages of `standard` alone:** " + _versions(more),
        "**Tools:** " + _versions(standard["tools"]) + ". In `slim`: " + ", ".join(tool["name"] for tool in slim["tools"]) + ".",
        "**Languages:** " + ", ".join(standard["languages"]) + ".",
        "**Locales:** " + ", ".join(standard["locales"]) + ".",
        "**Names of fonts in `standard`:** " + ", ".join(standard["fonts"]) + ".",
        "**Missing in the image that this page was made from:** "
        + ("; ".join(f"{part['name']} {part.get('version', '')}: {part['reason']}" for part in standard["missing"]) or "nothing."),
    ]


def _versions(parts: list[dict[str, str]]) -> str:
    return ", ".join(f"{part['name']} {part['version']}" for part in parts)


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
