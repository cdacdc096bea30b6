"""
Runs the tests of the sandbox's limits, usage and memory on control groups version 2, in an emulated virtual machine with the kernel and the
Docker engine of Debian's testing suite.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from second_engine import SecondEngine, say

FOLDER = ".state/cgroup2-test"
MACHINE_PACKAGES = "docker-cli,python3,linux-image-cloud-amd64,initramfs-tools,kmod,zstd,iproute2"
SUITES = "test_cpu_time test_limits test_ending"


def main() -> int:
    image = sys.argv[1]
    # The engine fills its store here, and runs on it in the virtual machine.
    with SecondEngine(FOLDER, MACHINE_PACKAGES) as engine:
        engine.load_image(image)
    disk = make_disk(engine, image)
    try:
        output = run_machine(engine, disk)
    finally:
        disk.unlink()
    if "control groups version 2: status 0" in output:
        return 0
    print(f"error: a test failed.\n  -> the output is in {FOLDER}/machine.log", file=sys.stderr)
    return 1


def make_disk(engine: SecondEngine, image: str) -> Path:
    cases, disk = engine.root / "cases", engine.folder / "disk.img"
    shutil.rmtree(cases, ignore_errors=True)
    disk.unlink(missing_ok=True)
    shutil.copytree("services/SandboxImage/tests", cases / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2("services/SandboxImage/seccomp.json", cases)
    shutil.copy2("tests/Engines/init", cases)
    (cases / "image").write_text(image + "\n")
    (cases / "suites").write_text("\n".join(os.environ.get("CGROUP2_TESTS", SUITES).split()) + "\n")
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", engine.root, disk, "5G"], check=True)
    return disk


def run_machine(engine: SecondEngine, disk: Path) -> str:
    """Runs the virtual machine until it stops, and returns what it printed."""
    boot, log = engine.root / "boot", engine.folder / "machine.log"
    say(f"starting the virtual machine (log: {log})")
    command = [
        "timeout", os.environ.get("CGROUP2_TIMEOUT", "3600"),
        "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg", "-cpu", "Nehalem", "-smp", "2", "-m", "4096", "-nographic", "-no-reboot",
        "-nic", "none", "-kernel", str(next(boot.glob("vmlinuz-*"))), "-initrd", str(next(boot.glob("initrd.img-*"))),
        "-append", "root=/dev/vda rw console=ttyS0 init=/cases/init quiet panic=-1",
        "-drive", f"file={disk},if=virtio,format=raw,cache=unsafe"]
    lines = []
    with open(log, "w") as file, subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace") as machine:
        for line in machine.stdout:
            print(line, end="", flush=True)
            file.write(line)
            lines.append(line)
    return "".join(lines)


sys.exit(main())
