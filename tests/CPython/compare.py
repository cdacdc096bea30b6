"""Compares CPython's own test suite in the sandbox, through the product, with the same suite in a plain container of the same image.

A test that passes in the plain container and does not pass in the sandbox is a difference. So is a test that is skipped in the container
and fails in the sandbox.
Each has to be in the list of known ones, with its reason; one that is not ends the comparison with an error.
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
PROGRAM = (HERE / "module.py").read_text()
# The longest wall time of an execution.
TIMEOUT = 300

Ends = dict[str, tuple[str, str]]


def main() -> int:
    options = arguments()
    known = read_known(HERE / "differences.txt")
    modules = options.modules or all_modules(options.image)
    begin, unknown, seen, counts = time.monotonic(), [], set(), {"both": 0, "known": 0}
    with options.report.open("w") as report:
        for number, module in enumerate(modules, 1):
            inside, outside = run_both(options, module)
            differences = compare(module, inside, outside)
            new = [name for name in differences if reason_for(known, name) is None]
            if new:
                # Once more: a test that does not end alike each time is no difference.
                again = compare(module, *run_both(options, module))
                differences = {name: ends for name, ends in differences.items() if name not in new or name in again}
                new = [name for name in new if name in again]
            for name, (here, there) in differences.items():
                report.write(f"{name}\t{here[0]}: {here[1]}\t{there[0]}: {there[1]}\n")
            report.flush()
            unknown += new
            seen |= set(differences)
            counts["both"] += sum(end[0] == "ok" and inside.get(name, ("", ""))[0] == "ok" for name, end in outside.items())
            counts["known"] += len(differences) - len(new)
            say(f"[{number}/{len(modules)}] {module}: {summary(inside)} in the sandbox, {summary(outside)} outside, "
                f"{len(differences)} differences, {len(new)} unknown; {time.monotonic() - begin:.0f} s")
    for pattern in stale(known, seen, modules):
        say(f"no longer seen: {pattern}")
    for name in unknown:
        say(f"unknown difference: {name}")
    say(f"{len(modules)} modules: {counts['both']} tests end well on both sides, {counts['known']} known differences, "
        f"{len(unknown)} unknown; {options.report} has them all")
    return 1 if unknown else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--product", required=True, help="address of the HTTP API")
    parser.add_argument("--image", required=True, help="the image with the suite in it, which the product uses for sandboxes, too")
    parser.add_argument("--report", required=True, type=pathlib.Path, help="where every difference is written")
    parser.add_argument("modules", nargs="*", help="such as test_socket; all by default")
    return parser.parse_args()


def read_known(path: pathlib.Path) -> list[tuple[str, str]]:
    """Patterns of names and the reasons for them, of which the first that fits counts."""
    lines = (line.strip() for line in path.read_text().splitlines())
    known = [tuple(part.strip() for part in line.split("  ", 1)) for line in lines if line and not line.startswith("#")]
    if bad := [entry for entry in known if len(entry) != 2]:
        sys.exit(f"{path} has a line without a reason: {bad[0][0]}")
    return known


def reason_for(known: list[tuple[str, str]], name: str) -> str | None:
    return next((reason for pattern, reason in known if fits(pattern, name)), None)


def fits(pattern: str, name: str) -> bool:
    """A star at the end stands for the rest of the name."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def stale(known: list[tuple[str, str]], seen: set[str], modules: list[str]) -> list[str]:
    """Patterns of the modules that were run which fit no difference any more."""
    ran = tuple(module.removeprefix("test.") + "." for module in modules)
    return [pattern for pattern, _ in known if pattern.startswith(ran) and not any(fits(pattern, name) for name in seen)]


def all_modules(image: str) -> list[str]:
    listing = "from test.libregrtest.findtests import findtests; print('\\n'.join(findtests()))"
    return subprocess.run(
        ["docker", "run", "--rm", "--network", "none", "--entrypoint", "python3", image, "-c", listing],
        check=True, capture_output=True, text=True).stdout.split()


def run_both(options: argparse.Namespace, module: str) -> tuple[Ends, Ends]:
    with concurrent.futures.ThreadPoolExecutor() as both:
        inside = both.submit(run_inside, options.product, module)
        outside = both.submit(run_outside, options.image, module)
        return inside.result(), outside.result()


def run_inside(product: str, module: str) -> Ends:
    """In the sandbox, as the program of a user."""
    body = {"user_id": "cpython", "code": PROGRAM, "args": [module], "limits": {"wall_time_seconds": TIMEOUT}}
    request = urllib.request.Request(
        f"{product}/v1/executions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT + 120) as response:
        result = json.load(response)
    output = result["output"]
    if result["output_truncated"]:
        content = f"{product}/v1/files/{result['output_file_id']}/content?user_id=cpython"
        with urllib.request.urlopen(content, timeout=60) as response:
            output = response.read().decode()
    return read_ends(module, output, f"{result['outcome']} {result['message']}")


def run_outside(image: str, module: str) -> Ends:
    """In a plain container of the same image: the engine's defaults, the same user, no network."""
    script = f"cat >main.py && exec timeout {TIMEOUT} python3 main.py {module} </dev/null"
    ran = subprocess.run(
        ["docker", "run", "--rm", "--interactive", "--init", "--network", "none", "--user", "sandbox",
         "--label", "code-interpreter.role=cpython-test", "--entrypoint", "sh", image, "-c", script],
        input=PROGRAM.encode(), capture_output=True, check=False)
    return read_ends(module, ran.stdout.decode(), f"exit code {ran.returncode}")


def read_ends(module: str, output: str, end: str) -> Ends:
    ends: Ends = {}
    for line in output.splitlines():
        how, name, reason = json.loads(line)
        ends[name] = (how, reason)
    # The last line is the module's own.
    return {module.removeprefix("test."): ("stopped", end)} | ends


def compare(module: str, inside: Ends, outside: Ends) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    """
    The tests that pass in the container and do not pass in the sandbox. A module that does not finish in the sandbox is one difference, not
    one for each of its tests.
    """
    whole = module.removeprefix("test.")
    if inside[whole][0] != "end" and outside[whole][0] == "end":
        inside = outside | inside
    missing = ("missing", "")
    both = {name: (inside.get(name, missing), end) for name, end in outside.items()}
    return {name: ends for name, ends in both.items() if differs(*ends)}


def differs(here: tuple[str, str], there: tuple[str, str]) -> bool:
    return here[0] != there[0] if there[0] in ("ok", "end") else there[0] == "skipped" and here[0] in ("failed", "error", "stopped")


def summary(ends: Ends) -> str:
    well = sum(how == "ok" for how, _ in ends.values())
    others = sum(how in ("failed", "error") for how, _ in ends.values())
    stopped = next((f", stopped ({reason})" for how, reason in ends.values() if how == "stopped"), "")
    return f"{well} ok" + (f", {others} not" if others else "") + stopped


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
