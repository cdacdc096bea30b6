"""What can be asked of pip without a network: `list`, `freeze`, `show`, and `install` of what is there already."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, distributions

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

_NO_NETWORK = "This sandbox has no network: nothing can be downloaded or installed."
_USAGE = f"usage: pip {{list,freeze,show,install}} [--format columns|freeze|json] [NAME...]\n{_NO_NETWORK}"
_TAKE_A_VALUE = ("-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target", "--format")
_REQUIREMENT_FILE = ("-r", "--requirement")


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command in ("help", "-h", "--help"):
        print(_USAGE)
        return 0
    if command in ("-V", "--version"):
        print("pip of the sandbox, without a network (python {}.{})".format(*sys.version_info))
        return 0
    if command not in _COMMANDS:
        return _fail(f"Unknown command {command!r}.", _USAGE)
    return _COMMANDS[command](rest)


def _list(arguments: list[str]) -> int:
    form = next(_values(arguments, ("--format",)), "columns")
    packages = _installed()
    if form == "json":
        import json
        print(json.dumps([{"name": package.name, "version": package.version} for package in packages.values()]))
    elif form == "freeze":
        _freeze([])
    else:
        width = max(len(package.name) for package in packages.values())
        print(f"{'Package':{width}} Version", f"{'-' * width} -------", sep="\n")
        for package in packages.values():
            print(f"{package.name:{width}} {package.version}")
    return 0


def _freeze(_: list[str]) -> int:
    for package in _installed().values():
        print(f"{package.name}=={package.version}")
    return 0


def _show(arguments: list[str]) -> int:
    installed, separator, missing = _installed(), "", []
    for name in _plain(arguments):
        package = installed.get(canonicalize_name(name))
        if package is None:
            missing.append(name)
            continue
        print(f"{separator}Name: {package.name}", f"Version: {package.version}", f"Summary: {package.metadata['Summary'] or ''}",
              f"Location: {package.locate_file('')}", sep="\n")
        separator = "---\n"
    return _fail(f"Packages not found: {', '.join(missing)}.") if missing else 0


def _install(arguments: list[str]) -> int:
    try:
        wanted = [*_plain(arguments), *(line for path in _values(arguments, _REQUIREMENT_FILE) for line in _lines(path))]
    except OSError as error:
        return _fail(f"The requirements cannot be read: {error}.")
    if not wanted:
        return _fail("Name at least one package.", _USAGE)
    installed = _installed()
    problems = [problem for text in wanted if (problem := _check(text, installed))]
    if not problems:
        return 0
    names = ", ".join(package.name for package in installed.values())
    return _fail(f"{'; '.join(problems)}. {_NO_NETWORK}", f"Installed packages: {names}")


def _check(text: str, installed: dict[str, Distribution]) -> str | None:
    """What stands against saying that it is there."""
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return f"{text} is not the name of a package"
    if requirement.marker is not None and not requirement.marker.evaluate():
        return None
    package = installed.get(canonicalize_name(requirement.name))
    if package is None:
        if canonicalize_name(requirement.name) != "pip":
            return f"{requirement.name} is not installed"
    elif not requirement.specifier.contains(package.version, prereleases=True):
        return f"{package.name} {package.version} is installed, and {requirement.specifier} was requested"
    print(f"Requirement already satisfied: {text}" + (f" ({package.version})" if package else ""))
    return None


def _lines(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            text = line.partition("#")[0].strip()
            if text and not text.startswith("-"):
                yield text


def _plain(arguments: list[str]) -> Iterator[str]:
    """The arguments that are neither options nor their values."""
    before = ""
    for argument in arguments:
        if not argument.startswith("-") and before not in (*_TAKE_A_VALUE, *_REQUIREMENT_FILE):
            yield argument
        before = argument


def _values(arguments: list[str], options: tuple[str, ...]) -> Iterator[str]:
    for argument, following in zip(arguments, [*arguments[1:], ""]):
        option, separator, value = argument.partition("=")
        if option in options:
            yield value if separator else following


def _installed() -> dict[str, Distribution]:
    """By their names in the form that compares."""
    return dict(sorted((canonicalize_name(package.name), package) for package in distributions() if package.name))


def _fail(*lines: str) -> int:
    print(f"ERROR: {lines[0]}", *lines[1:], sep="\n", file=sys.stderr)
    return 1


_COMMANDS: dict[str, Callable[[list[str]], int]] = {"list": _list, "freeze": _freeze, "show": _show, "install": _install}
