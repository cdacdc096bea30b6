"""
Installs the Python packages that Debian does not have, one by one, from a package index. The image is built without those that cannot be
installed; they are listed.

    install_requirements.py REQUIREMENTS FOLDER
"""

import json
import subprocess
import sys
from pathlib import Path

PACKAGES = "usr/local/lib/python{}.{}/dist-packages".format(*sys.version_info)
NOT_OFFERED = "Debian has no package of it, and no package index offered it when the image was built."
OTHER_FILE = "A package index offered another file than the one that was checked."


def main(requirements: Path, folder: Path) -> None:
    (folder / "opt/sandbox").mkdir(parents=True)
    (folder / PACKAGES).mkdir(parents=True)
    missing = []
    for requirement in parse(requirements.read_text()):
        reason = install(requirement, folder)
        if reason:
            name, _, version = requirement[0].partition("==")
            missing.append({"name": name, "version": version, "reason": reason})
    (folder / "opt/sandbox/missing.json").write_text(json.dumps(missing))


def parse(text: str) -> list[list[str]]:
    """Requirements with their hashes, one list for each."""
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]
    return [line.split() for line in lines]


def install(requirement: list[str], folder: Path) -> str | None:
    """Why it could not be installed; None where it was."""
    wanted = folder / "requirement.txt"
    wanted.write_text(" ".join(requirement))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "--target", folder / PACKAGES,
         "--no-cache-dir", "--disable-pip-version-check", "--root-user-action", "ignore", "--retries", "1", "--requirement", wanted],
        capture_output=True, text=True, check=False)
    wanted.unlink()
    print(done.stdout, done.stderr, sep="")
    if done.returncode == 0:
        return None
    return OTHER_FILE if "DO NOT MATCH THE HASHES" in done.stderr else NOT_OFFERED


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
