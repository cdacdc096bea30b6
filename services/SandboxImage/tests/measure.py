"""
Start time and memory of warm sandboxes, of several images in turns. As root, as it reads the memory of the sandboxes' processes.

    python3 -m tests.measure ROUNDS IMAGE...
"""

import statistics
import sys
import time
from collections.abc import Sequence

from tests.container import sandbox as containers

PROFILES = ("lean", "bare", "data")
# Seconds from its request to the end of the code, whose libraries are imported ahead or not.
PROGRAMS = {"print(1)": ("bare", "print(1)"), "a chart": ("data", (
    "import numpy, pandas as pd, matplotlib.pyplot as plt\npd.DataFrame({'x': [1, 2, 3]}).plot()\nplt.title('plain')\n"
    "plt.savefig('a.png')"))}


def measure(images: Sequence[str], rounds: int) -> dict[str, dict[str, list[float]]]:
    """For each image its figures: milliseconds to ready, and of programs; MB of memory of its own, by profile."""
    figures: dict[str, dict[str, list[float]]] = {image: {} for image in images}
    for _ in range(rounds):
        for image in images:
            containers.IMAGE = image
            for profile in PROFILES:
                _add(figures[image], _warm(profile))
            for name, (profile, code) in PROGRAMS.items():
                _add(figures[image], {f"{name} ms": _run(profile, code)})
    return figures


def _warm(profile: str) -> dict[str, float]:
    begin = time.monotonic()
    with containers.Sandbox(profile) as sandbox:
        sandbox.expect("R")
        ready = time.monotonic() - begin
        if profile != "lean":
            sandbox.wait_until_it_is_prepared()
        return {f"{profile} ready ms": ready * 1000, f"{profile} MB": sum(map(_own_memory, sandbox._processes())) / 1e6}


def _own_memory(pid: str) -> int:
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Pss:"))


def _run(profile: str, code: str) -> float:
    with containers.Sandbox(profile) as sandbox:
        sandbox.expect("R")
        sandbox.wait_until_it_is_prepared()
        begin = time.monotonic()
        with sandbox.together():
            sandbox.send_item("code", code.encode())
            sandbox.send_execute()
        sandbox.expect("S")
        result = sandbox.finish()
        if result.exit["exit_code"] != 0:
            raise RuntimeError(result.stderr)
        return (time.monotonic() - begin) * 1000


def _add(figures: dict[str, list[float]], more: dict[str, float]) -> None:
    for name, value in more.items():
        figures.setdefault(name, []).append(value)


if __name__ == "__main__":
    for image, found in measure(sys.argv[2:], int(sys.argv[1])).items():
        print(image)
        for name, values in found.items():
            print(f"  {name:18} median {statistics.median(values):8.1f}   lowest {min(values):8.1f}   highest {max(values):8.1f}")
