"""Runs examples out of other projects' documentation in sandboxes, through the product, as a user's programs.

A program is to succeed, to give a picture when it shows one, and to say nothing about fonts, caches or backends. What does not is listed in
failures.txt with its reason. One that fails and is not listed, and one that is listed and does not fail, end the run with an error.
"""

import argparse
import concurrent.futures
import dataclasses
import hashlib
import json
import pathlib
import re
import sys
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
# How many programs of each library are run; those of a library that the image does not have are skipped.
COUNTS = {
    "matplotlib": 110, "pandas": 50, "sympy": 40, "sklearn": 50, "scipy": 20, "seaborn": 14, "statsmodels": 16, "networkx": 16,
    # Only by name, so far.
    "skimage": 0,
}
AT_ONCE = 2
WALL_SECONDS = 120
# All of it, on two quiet processors.
PATIENCE_SECONDS = 15 * 60
NOT_RUN = "not run: "
SHOWS = re.compile(r"^(?:plt|pyplot|matplotlib\.pyplot)\.show\(", re.MULTILINE)
# Words of matplotlib, fontconfig and Python about a home that is not as they want it.
COMPLAINTS = re.compile(
    r"findfont|font ?config|font cache|missing from (?:current )?font|MPLCONFIGDIR|cache directory|is not a writable|non-interactive|"
    r"No module named .?_tkinter|headless|Read-only file system", re.IGNORECASE)
# Data that no documentation package brings along.
FETCHES = re.compile(r"\bload_dataset\(|\bfetch_\w+\(|get_rdataset\(|urlopen\(|https?://\S+\.(?:csv|zip|gz|txt|dta|xls)|pooch")


@dataclasses.dataclass(frozen=True)
class Program:
    """An example: LIBRARY/GROUP/NAME, and its code."""

    name: str
    code: str

    @property
    def library(self) -> str:
        return self.name.split("/")[0]

    @property
    def order(self) -> tuple[bool, str]:
        """Always the same, and others coming or going change little; what asks for data of a network comes last."""
        return bool(FETCHES.search(self.code)), hashlib.sha256(self.name.encode()).hexdigest()


def main() -> int:
    options = arguments()
    listed = read_list(HERE / "failures.txt")
    there = find_libraries(options.product)
    programs = chosen(read_programs(options), options.names, listed)
    begin, counts, wrong = time.monotonic(), {"passed": 0, "failed": 0, "skipped": 0}, []
    with options.report.open("w") as report, concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        ends = [pool.submit(end_of, options.product, program, listed.get(program.name, ""), there, begin) for program in programs]
        for number, (program, end) in enumerate(zip(programs, ends, strict=True), 1):
            verdict, why, seconds = end.result()
            expected, wrong_before = program.name in listed, len(wrong)
            report.write(f"{program.name}\t{verdict}\t{seconds:.1f}\t{why}\n")
            report.flush()
            if verdict == "passed" and expected:
                wrong.append(f"{program.name} is listed, and does not fail any more")
            elif verdict == "failed" and not expected:
                wrong.append(f"{program.name} fails: {why}")
            # A failure that is listed is none, and no success either.
            counts["failed" if wrong_before < len(wrong) else "passed" if verdict == "passed" else "skipped"] += 1
            note = f": {listed[program.name] if expected else why}" if verdict != "passed" else ""
            say(f"[{number}/{len(programs)}] {program.name} {verdict}{note} ({seconds:.1f} s; {time.monotonic() - begin:.0f} s in all)")
    for line in wrong:
        say(f"unexpected: {line}")
    say(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] or not counts["passed"] else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--product", required=True, help="address of the HTTP API")
    parser.add_argument("--programs", required=True, type=pathlib.Path, help="folder of programs: LIBRARY/GROUP/NAME.py")
    parser.add_argument("--docstrings", required=True, type=pathlib.Path, help="what docstrings.py has written")
    parser.add_argument("--report", required=True, type=pathlib.Path, help="where the end of every program is written")
    parser.add_argument("names", nargs="*", help="names, or beginnings of them such as pandas/; a choice by default")
    return parser.parse_args()


def read_list(path: pathlib.Path) -> dict[str, str]:
    lines = (line.strip() for line in path.read_text().splitlines())
    entries = [line.partition("  ") for line in lines if line and not line.startswith("#")]
    if bad := [name for name, _, reason in entries if not reason.strip()]:
        sys.exit(f"{path} has a line without a reason: {bad[0]}")
    return {name: reason.strip() for name, _, reason in entries}


def read_programs(options: argparse.Namespace) -> list[Program]:
    files = [Program(path.relative_to(options.programs).with_suffix("").as_posix(), path.read_text(encoding="utf-8"))
             for path in options.programs.rglob("*.py")]
    return files + [Program(*json.loads(line)) for line in options.docstrings.read_text().splitlines()]


def chosen(programs: list[Program], names: list[str], listed: dict[str, str]) -> list[Program]:
    for name in sorted(listed.keys() - {program.name for program in programs}):
        say(f"listed, and not there any more: {name}")
    if names:
        return sorted((program for program in programs if program.name.startswith(tuple(names))), key=lambda program: program.name)
    choice = []
    for library, count in COUNTS.items():
        choice += sorted((program for program in programs if program.library == library), key=lambda program: program.order)[:count]
    return choice


def find_libraries(product: str) -> set[str]:
    """Those that the sandboxes of this product have."""
    code = f"import importlib.util\nprint(*(name for name in {list(COUNTS)!r} if importlib.util.find_spec(name)))"
    return set(execute(product, code, 30)["output"].split())


def end_of(product: str, program: Program, reason: str, there: set[str], begin: float) -> tuple[str, str, float]:
    if program.library not in there:
        return "skipped", f"the image has no {program.library}", 0
    if reason.startswith(NOT_RUN):
        return "skipped", reason, 0
    if time.monotonic() - begin > PATIENCE_SECONDS:
        return "failed", f"not started within {PATIENCE_SECONDS} s", 0
    result = execute(product, program.code, WALL_SECONDS)
    why = fault(program, result)
    return "failed" if why else "passed", why, result["execution_time"]


def fault(program: Program, result: dict) -> str:
    """What a user would not be content with; nothing when all is well."""
    if not result["success"]:
        lines = result["error"].strip().splitlines() or [result["message"]]
        return f"{result['outcome']}: {lines[-1][:300]}"
    if complaint := COMPLAINTS.search(result["error"]):
        line = next(line for line in result["error"].splitlines() if complaint.group() in line)
        return f"stderr: {line[:300]}"
    pictures = sum(file["type"] == "image" for file in result["generated_files"])
    return "it shows a picture, and none came" if SHOWS.search(program.code) and pictures == 0 else ""


def execute(product: str, code: str, wall_seconds: float) -> dict:
    body = {"user_id": "examples", "code": code, "limits": {"wall_time_seconds": wall_seconds}}
    request = urllib.request.Request(
        f"{product}/v1/executions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=wall_seconds + 180) as response:
        return json.load(response)


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
